/** How long something took, for people. */
export function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1_000).toFixed(1)} s`;
}

/** Runs one step of a command and prints it as one line with its time; what it throws ends the line with "failed". */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  process.stdout.write(`  ${label} … `);
  // A line that grows tells somebody at a terminal that a long step is alive.
  const progress = process.stdout.isTTY ? setInterval(() => process.stdout.write('.'), 2_000) : null;
  try {
    const result = await work();
    console.log(seconds(started));
    return result;
  } catch (error) {
    console.log('failed');
    throw error;
  } finally {
    if (progress !== null) clearInterval(progress);
  }
}

/** A failure whose message is all that people need: printed without a stack. */
export class PlainFailure extends Error {}

/** Ends the program with what went wrong, in one line where that is enough. */
export function fail(error: unknown): never {
  if (error instanceof PlainFailure) console.error(`\n${error.message}`);
  else console.error(error);
  process.exit(1);
}
