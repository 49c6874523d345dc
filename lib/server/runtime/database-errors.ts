import 'server-only';

/**
 * Codes of a database that cannot serve: it is not there, has no connection left, does not let us in, or is shut down. PostgreSQL's, Prisma's,
 * Node's; and what Prisma's adapter makes of Node's, which it keeps to itself around statements.
 */
const databaseDown =
  /^(P1\d{3}|P2024|P2028|P2037|08\w{3}|28\w{3}|3D000|53\w{3}|57P0\d|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TlsConnectionError)$/;

/** Codes of a database that is not there at all; time-outs are not among them: they are also of one that has much to do. */
const databaseGone =
  /^(P1001|08\w{3}|57P0\d|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|DatabaseNotReachable|ConnectionClosed|TlsConnectionError)$/;

/** What the pool and the client say without a code, and PostgreSQL with one that statements may have too. */
const saidDown =
  /^(timeout exceeded when trying to connect|Query read timeout|Connection terminated|The server does not support SSL|database ".*" is not currently accepting connections)/;

/** Codes of a database that may only have too much to do. */
const tookTooLong = /^(P2024|P2028|ETIMEDOUT|SocketTimeout)$/;
const saidTooLong =
  /^(timeout exceeded when trying to connect|Query read timeout|Connection terminated due to connection timeout)/;

/** Codes of a table or column that is not there: Prisma's, and PostgreSQL's. */
const notMigrated = /^(P2021|P2022|42P01|42703)$/;

/** How deep errors are wrapped: Prisma's around its adapter's around what the adapter made of PostgreSQL's. */
const deepest = 6;

/** Everything that an error says of itself: its own code, and those of what it was made from. */
function* saidBy(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > deepest) return;
  for (const key of ['code', 'originalCode'] as const)
    if (key in error) {
      const code: unknown = Reflect.get(error, key);
      if (typeof code === 'string') yield code;
    }
  if (error instanceof Error) yield error.message;
  for (const key of ['cause', 'meta', 'driverAdapterError'] as const)
    if (key in error) yield* saidBy(Reflect.get(error, key), depth + 1);
}

const says = (error: unknown, ...patterns: readonly RegExp[]): boolean =>
  [...saidBy(error)].some((said) => patterns.some((pattern) => pattern.test(said)));

/** What poolers say when they are full, which have codes of their own or none. */
const saidFull = /no more connections allowed|max clients reached|too many clients|too many connections/i;

/** Whether something failed because the database does not answer, and not because of what it was asked. */
export function isDatabaseDown(error: unknown): boolean {
  return says(error, databaseDown, saidDown, saidFull);
}

/** Whether the database lacks a table or column of this build. What we ask is written down and tried, so its migrations were not applied. */
export function isDatabaseBehind(error: unknown): boolean {
  return says(error, notMigrated);
}

/** Whether the database is gone, so that the next query would fail too. */
export function isDatabaseGone(error: unknown): boolean {
  return says(error, databaseGone);
}

/** Whether a connection was refused because there are too many, which may be over in a moment. */
export function isDatabaseFull(error: unknown): boolean {
  return says(error, /^(53300|P2037)$/, saidFull);
}

/** What whoever looks after the database has to look at, by what an error says of it. */
const causes = {
  full: [/^(53\w{3}|P2037)$/, saidFull],
  login_refused: [/^(28\w{3}|P1000|P1010)$/],
  no_such_database: [/^(3D000|P1003)$/],
  late: [tookTooLong, saidTooLong],
} as const;

/** Why a database that is down ({@link isDatabaseDown}) does not serve, in a word. */
export function outageCause(error: unknown): keyof typeof causes | 'unreachable' {
  for (const [cause, patterns] of Object.entries(causes))
    if (says(error, ...patterns)) return cause as keyof typeof causes;
  return 'unreachable';
}
