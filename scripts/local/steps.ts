import { explainUnwritable } from './unwritable.js';

/** How long something took, for people. */
export function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1_000).toFixed(1)} s`;
}

/** The lines of the steps that have begun, in their order. */
let lines: Promise<void> = Promise.resolve();
let openLines = 0;

async function print(label: string, sinceMs: number, outcome: Promise<string>): Promise<void> {
  const line = `  ${label} … `;
  process.stdout.write(line);
  // Seconds that pass tell somebody at a terminal that a long step is alive; the outcome is written over them.
  const start = process.stdout.isTTY ? `\r${line}` : '';
  const tick = (): void => void process.stdout.write(`${start}${Math.floor((Date.now() - sinceMs) / 1_000)} s`);
  const progress = start === '' ? null : setInterval(tick, 1_000);
  const said = await outcome;
  if (progress !== null) clearInterval(progress);
  console.log(`${start}${said}`);
}

/**
 * Runs one step of a command and prints it as one line with its time; what it throws ends the line with "failed". Steps may run beside each
 * other: their lines come one after the other, in the order in which they began.
 */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  let tell: (outcome: string) => void = () => undefined;
  const outcome = new Promise<string>((resolve) => (tell = resolve));
  // At once where nothing is in the way: the work may keep this process from printing.
  lines = openLines === 0 ? print(label, started, outcome) : lines.then(() => print(label, started, outcome));
  const line = lines;
  openLines += 1;
  try {
    const result = await work();
    tell(seconds(started));
    return result;
  } catch (error) {
    tell('failed');
    throw error;
  } finally {
    await line;
    openLines -= 1;
  }
}

/** Runs what prints something else, at once or after the line of the step that is open: never in the middle of it. */
export function betweenLines(print: () => void): void {
  if (openLines === 0) print();
  else lines = lines.then(print);
}

/** A failure whose message is all that people need: printed without a stack. */
export class UserError extends Error {}

/** Ends the program with what went wrong, in one line where that is enough. */
export function fail(error: unknown): never {
  const explained = error instanceof UserError ? error.message : explainUnwritable(error);
  if (explained === null) console.error(error);
  else console.error(`\n${explained}`);
  process.exit(1);
}
