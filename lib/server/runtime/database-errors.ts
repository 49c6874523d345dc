import 'server-only';

/** Error codes of a database that is not there or has no connection left: PostgreSQL's, Prisma's, Node's and the pool's. */
const databaseDown = /^(P1\d{3}|P2024|P2028|08\w{3}|57P0\d|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;

/** Whether something failed because the database does not answer, and not because of what it was asked. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && databaseDown.test(error.code)) return true;
  // The pool's own time-outs carry no code.
  if (/^(timeout exceeded when trying to connect|Query read timeout|Connection terminated)/.test(error.message))
    return true;
  return error.cause !== undefined && isDatabaseDown(error.cause);
}

/** Codes of a database that is not there at all; time-outs are not among them: they are also of one that has much to do. */
const databaseGone = /^(P1001|08\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND)$/;

/** Whether the database is gone, so that the next query would fail too. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && databaseGone.test(error.code)) return true;
  return error.cause !== undefined && isDatabaseGone(error.cause);
}
