import { connect, createServer, type Socket } from 'node:net';

/** Cuts a stream of PostgreSQL's messages into whole ones: a letter, a length, a body. */
class MessageReader {
  #bytes = Buffer.alloc(0);

  read(chunk: Buffer): readonly Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      const end = this.#bytes.length < 5 ? Infinity : 1 + this.#bytes.readUInt32BE(1);
      if (this.#bytes.length < end) return messages;
      messages.push(this.#bytes.subarray(0, end));
      this.#bytes = this.#bytes.subarray(end);
    }
  }
}

const isOfType = (message: Buffer, letter: string): boolean => message[0] === letter.charCodeAt(0);

/** What the server sends when it is ready for the next statement, outside of a transaction. */
const endsTransaction = (message: Buffer): boolean => isOfType(message, 'Z') && message[5] === 'I'.charCodeAt(0);

/** A process id that no server's process has. */
const promisedPid = 4_194_999;

/** A session on the server, and who has it at the moment. */
interface Session {
  readonly socket: Socket;
  client: Client | null;
}

/** A client, and what it said while it had no session. */
interface Client {
  readonly socket: Socket;
  readonly unsent: Buffer[];
  session: Session | null;
}

/** A way to a server on which a client has a session for one transaction only, as PgBouncer does it in that mode. */
export interface TransactionPooler {
  readonly port: number;
  stop(): Promise<void>;
}

/** The sessions that clients have opened and share: the one that was used last is the next to be used. */
class Sessions {
  readonly #free: Session[] = [];
  readonly #waiting: Client[] = [];

  take(client: Client): void {
    const session = this.#free.pop();
    if (session === undefined) this.#waiting.push(client);
    else this.#give(session, client);
  }

  release(session: Session): void {
    if (session.client !== null) session.client.session = null;
    session.client = null;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(session);
    else this.#give(session, next);
  }

  #give(session: Session, client: Client): void {
    session.client = client;
    client.session = session;
    for (const message of client.unsent.splice(0)) session.socket.write(message);
  }
}

/** Starts a pooler on a free port of this machine. Clients log in themselves; the session that they open becomes everybody's. */
export async function startTransactionPooler(targetPort: number): Promise<TransactionPooler> {
  const sessions = new Sessions();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const session: Session = { socket: connect(targetPort, '127.0.0.1'), client: null };
    const client: Client = { socket, unsent: [], session };
    session.client = client;
    let isLoggedIn = false;
    const answers = new MessageReader();
    session.socket.on('data', (chunk) => {
      for (const message of answers.read(chunk)) {
        if (isOfType(message, 'K')) message.writeUInt32BE(promisedPid, 5);
        session.client?.socket.write(message);
        if (!endsTransaction(message)) continue;
        isLoggedIn = true;
        sessions.release(session);
      }
    });
    const statements = new MessageReader();
    socket.on('data', (chunk) => {
      // The first message has no letter, and comes before everything else.
      if (!isLoggedIn) return void session.socket.write(chunk);
      for (const message of statements.read(chunk)) {
        if (isOfType(message, 'X')) continue;
        if (client.session !== null) client.session.socket.write(message);
        else if (client.unsent.push(message) === 1) sessions.take(client);
      }
    });
    for (const each of [socket, session.socket]) {
      sockets.add(each);
      each.on('error', () => each.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The pooler has no port.');
  return {
    port: address.port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
