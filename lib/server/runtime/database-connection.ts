import 'server-only';
import { X509Certificate } from 'node:crypto';

/** How a connection is encrypted and checked, as `pg` takes it. */
interface Encryption {
  readonly ca?: string;
  readonly rejectUnauthorized: boolean;
  /** Given where the certificate may be for another name. */
  readonly checkServerIdentity?: () => undefined;
}

/** What `pg` is told of a database: the address, and how the connection to it is encrypted. */
export interface ConnectionDescription {
  readonly connectionString: string;
  readonly ssl?: Encryption | false;
}

/** Whether a text holds a certificate in PEM. */
export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** Parameters with which an address says itself, by files of this machine or in `pg`'s own words, how it is encrypted. */
const ownWords = ['sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat'];

/** The modes that `pg` has a parameter of its own for. */
const switches: Readonly<Record<string, string>> = {
  true: 'verify-full',
  '1': 'verify-full',
  false: 'disable',
  '0': 'disable',
  'no-verify': 'no-verify',
};

/**
 * Describes a connection to the database for `pg`: the one place that knows what an address says of encryption.
 *
 * An encrypted connection is a verified one, whichever of `require`, `prefer`, `verify-ca` and `verify-full` the address says: PostgreSQL's
 * own `require` hands the password to whoever answers. A certificate that no known authority has signed is verified against `ca`;
 * `sslmode=no-verify` is for who wants neither. With a `ca` and without a word in the address the connection is encrypted. As in
 * PostgreSQL, `verify-ca` looks at the authority and not at the name.
 *
 * @param ca the authority's certificates in PEM, or null for those that Node knows
 */
export function describeConnection(url: string, ca: string | null): ConnectionDescription {
  if (!URL.canParse(url)) return { connectionString: url };
  const address = new URL(url);
  const { searchParams } = address;
  if (ownWords.some((name) => searchParams.has(name))) return { connectionString: url };
  const mode =
    searchParams.get('sslmode') ?? switches[searchParams.get('ssl') ?? ''] ?? (ca === null ? null : 'verify-full');
  if (mode === null) return { connectionString: url };
  // `pg` would take its own reading of them over what it is given beside the address.
  for (const name of ['sslmode', 'ssl']) searchParams.delete(name);
  const connectionString = address.href;
  if (mode === 'disable') return { connectionString, ssl: false };
  return {
    connectionString,
    ssl: {
      rejectUnauthorized: mode !== 'no-verify',
      ...(ca !== null && { ca }),
      ...(mode === 'verify-ca' && ca !== null && { checkServerIdentity: () => undefined }),
    },
  };
}
