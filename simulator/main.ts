/**
 * The simulator as a process: `node --import tsx simulator/main.ts [--exit-with-parent]`.
 * Prints `{"url":"http://127.0.0.1:PORT"}` on one line once it listens; everything else goes to stderr.
 */
import { parseOptions } from './options';
import { startSimulator } from './server';

const parsed = parseOptions(process.env, process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`${parsed.message}\n`);
  process.exit(1);
}

try {
  const simulator = await startSimulator(parsed.options);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void simulator.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (parsed.exitWithParent) {
    // The pipe closes with the parent, however that ended.
    process.stdin.on('end', stop);
    process.stdin.on('error', stop);
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`);
} catch (error) {
  process.stderr.write(`The simulator cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
