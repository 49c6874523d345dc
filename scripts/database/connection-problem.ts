import { UserError } from '@/scripts/local/steps';

/** Where somebody wanted to go, without the password. */
interface Destination {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

function destinationOf(url: string): Destination {
  const address = URL.canParse(url) ? new URL(url) : null;
  const user = decodeURIComponent(address?.username ?? '');
  return {
    host: address?.host || 'this machine',
    user: user || 'the default role',
    database: decodeURIComponent(address?.pathname.slice(1) ?? '') || user,
  };
}

type Line = (destination: Destination) => string;

const authority: Line = ({ host }) =>
  `The certificate of ${host} is signed by an authority that is not known here. Put the authority’s certificate, which the provider offers for download, into DATABASE_CA. Where it is enough that the connection is encrypted, whoever answers, write sslmode=no-verify into the address.`;

const full: Line = ({ host }) =>
  `${host} has no connection left. Stop what else uses the database, or raise its limit (ALTER ROLE … CONNECTION LIMIT, or max_connections), and try again.`;

const unreachable: Line = ({ host }) =>
  `${host} cannot be reached. It may be asleep, behind a firewall, or have an address of a kind (IPv6) that this machine has no way to; a store’s pooled address in session mode often works instead.`;

/** What failed, by PostgreSQL's code or Node's, and how to mend it. */
const lines: Readonly<Record<string, Line>> = {
  '28P01': ({ user, host }) => `The password for the role ${user} on ${host} is wrong, or there is no such role.`,
  '28000': ({ user, host }) =>
    `${host} does not let the role ${user} in: the role may be missing, or pg_hba.conf does not allow it from here, or not without encryption (sslmode=require).`,
  '3D000': ({ database, host }) =>
    `There is no database ${database} on ${host}. Make it: CREATE DATABASE "${database}".`,
  '42501': ({ user, database }) =>
    `The role ${user} may not do that in the database ${database}. Make it the owner: ALTER DATABASE "${database}" OWNER TO "${user}".`,
  '42P01': ({ database }) =>
    `The database ${database} has no tables of Roomtone yet, or not all of them. Start the app, which makes them, or see whether DATABASE_URL is the one that it uses.`,
  '53300': full,
  '57P01': ({ host }) => `${host} ended the connection: it is being stopped or restarted. Try again in a moment.`,
  '57P03': ({ host }) => `${host} is starting or stopping. Try again in a moment.`,
  ENOTFOUND: ({ host }) =>
    `There is no host ${host}. Look for a typing error in the address, and whether this machine is online.`,
  EAI_AGAIN: ({ host }) =>
    `The name ${host} cannot be looked up right now: this machine has no name server it can reach.`,
  ECONNREFUSED: ({ host }) => `Nothing listens at ${host}. Is PostgreSQL running there, at that port?`,
  ECONNRESET: ({ host }) =>
    `${host} ended the connection without a word. Is it a PostgreSQL, and does it want encryption (sslmode=require)?`,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  SELF_SIGNED_CERT_IN_CHAIN: authority,
  DEPTH_ZERO_SELF_SIGNED_CERT: authority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
  UNABLE_TO_GET_ISSUER_CERT: authority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
  CERT_HAS_EXPIRED: ({ host }) =>
    `The certificate of ${host} has expired. Renew it there, or set this machine’s clock right.`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `The certificate of ${host} is for another name. Use the name it is for, or sslmode=verify-ca together with DATABASE_CA.`,
};

/** What comes without a code of its own. */
const sentences: readonly (readonly [RegExp, Line])[] = [
  [/no more connections allowed|max clients reached|too many (clients|connections)/i, full],
  [
    /does not support SSL/,
    ({ host }) => `${host} speaks without encryption only. Leave sslmode and DATABASE_CA away if that is enough.`,
  ],
  [/^timeout expired$|timeout exceeded when trying to connect|due to connection timeout/, unreachable],
  [
    /^Connection terminated/,
    ({ host }) => `${host} ended the connection. Is it restarting, or does a pooler limit how long one may take?`,
  ],
  [
    /password must be a string|no password/i,
    ({ user, host }) => `${host} wants a password for the role ${user}, and the address has none.`,
  ],
];

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  // Node tries all addresses of a name, and fails with one error for each.
  if ('errors' in error && Array.isArray(error.errors))
    return error.errors.map(codeOf).find((code) => code !== undefined);
  if ('code' in error && typeof error.code === 'string' && error.code in lines) return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

/**
 * A failure to reach, enter or keep a database, as one line that says how to mend it; null for failures of what the database was asked.
 * The line never holds the password.
 */
export function describeProblem(error: unknown, url: string): string | null {
  const code = codeOf(error);
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const line = code === undefined ? sentences.find(([pattern]) => pattern.test(message))?.[1] : lines[code];
  return line?.(destinationOf(url)) ?? null;
}

/** The same as a failure for people; what is no failure of the connection stays what it was. */
export function asUserError(error: unknown, url: string): unknown {
  const line = error instanceof UserError ? null : describeProblem(error, url);
  return line === null ? error : new UserError(line, { cause: error });
}
