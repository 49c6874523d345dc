import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut as networks cut it. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are open now pass nothing any more, in neither direction, and nobody is told: half-open. New ones pass. */
  freeze(): void;
  /** Connections that are open now are closed, as a server does that restarts. New ones pass. @returns how many there were */
  cut(): number;
  stop(): Promise<void>;
}

/** Passes connections on a free port of this machine on to another port of it. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  const frozen = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (chunk) => frozen.has(from) || to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        if (!frozen.has(from)) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    freeze: () => {
      for (const socket of open) frozen.add(socket);
    },
    cut: () => {
      const sockets = [...open];
      for (const socket of sockets) socket.destroy();
      return sockets.length / 2;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
