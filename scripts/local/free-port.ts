import { createServer } from 'node:net';
import { UserError } from './steps';

/** The preferred port where it is free, else any free one; on this machine only. */
export function freePort(preferred = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => (preferred === 0 ? reject(new Error('No port is free.')) : resolve(freePort())));
    server.listen(preferred, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Says early, and in one line, that the wanted port is taken.
 *
 * @throws {UserError}
 */
export function requireFreePort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = taken
        ? 'is in use. Choose another one with PORT=… or stop what uses it'
        : `cannot be used (${error.code})`;
      reject(new UserError(`Port ${port} ${reason}.`));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
