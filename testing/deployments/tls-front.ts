import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

/** What a client says before anything else when it wants encryption: a length and a magic number. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** A way to a PostgreSQL that speaks encrypted, under a certificate for `localhost` that it has signed itself. */
export interface TlsFront {
  readonly port: number;
  /** The certificate that clients may trust, in PEM. */
  readonly ca: string;
  /** Connections that were encrypted so far. */
  readonly handshakes: number;
  stop(): Promise<void>;
}

/** Starts one, on a free port of this machine, in front of a server that does not encrypt. */
export async function startTlsFront(targetPort: number): Promise<TlsFront> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const sockets = new Set<Socket>();
  let handshakes = 0;

  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    track(socket);
    socket.once('data', (request: Buffer) => {
      if (!request.equals(sslRequest)) return void socket.destroy();
      socket.write('S');
      const plain = new TLSSocket(socket, { isServer: true, cert, key });
      track(plain);
      plain.once('secure', () => {
        handshakes += 1;
        const target = connect(targetPort, '127.0.0.1');
        track(target);
        plain.pipe(target).pipe(plain);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front has no port.');
  return {
    port: address.port,
    ca: cert,
    get handshakes() {
      return handshakes;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
