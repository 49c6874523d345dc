import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long a connection without a request may stay after the shutdown has begun, in ms: a request that was sent just before still arrives. */
const idleMs = 100;

/**
 * Shuts a server down gracefully (RL-08): it takes no new connections, finishes every request it has, and closes each connection as soon as
 * nothing runs on it. Node alone waits for connections that browsers opened ahead and never used, and for those whose last answer began before
 * the shutdown and says that they stay open.
 *
 * Made before the server listens.
 */
export class GracefulShutdown {
  readonly #server: Server;
  /** Every open connection, and how many requests run on it. */
  readonly #running = new Map<Socket, number>();
  #begun = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#running.set(socket, 0);
      socket.once('close', () => this.#running.delete(socket));
    });
    // Before the server's own listener, which may answer at once.
    server.prependListener('request', (request, response) => this.#count(request, response));
  }

  /** Resolves when every request has been answered and every connection is closed. */
  async run(beforeRequestsAreAwaited: () => Promise<unknown>): Promise<void> {
    this.#begun = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await beforeRequestsAreAwaited();
    setTimeout(() => this.#closeIdle(), idleMs).unref();
    await closed;
  }

  #count({ socket }: IncomingMessage, response: ServerResponse): void {
    this.#running.set(socket, (this.#running.get(socket) ?? 0) + 1);
    if (this.#begun) response.setHeader('connection', 'close');
    // Comes once, after the answer or instead of it.
    response.once('close', () => {
      this.#running.set(socket, (this.#running.get(socket) ?? 1) - 1);
      if (socket.destroyed) this.#running.delete(socket);
      if (this.#begun) setTimeout(() => this.#closeIdle(), idleMs).unref();
    });
  }

  #closeIdle(): void {
    for (const [socket, requests] of this.#running) if (requests === 0) socket.destroySoon();
  }
}
