import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { figuresSocket, type ProcessFigures } from './process-figures';

/*
 * Loaded into every instance that is measured (`node --import`): says what the process holds after its garbage is collected, and how long
 * it has computed, to whoever asks on a socket beside it, so that no app has a route for that.
 */
const socket = figuresSocket(process.env['PORT'] ?? '');

const server = createServer((_, response) => {
  global.gc?.();
  global.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const figures: ProcessFigures = { heldBytes: heapUsed + external, rssBytes: rss, cpuMicros: user + system };
  response.end(JSON.stringify(figures));
});

rmSync(socket, { force: true });
server.listen(socket).unref();
process.on('exit', () => rmSync(socket, { force: true }));
