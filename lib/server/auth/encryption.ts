import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { getEnv } from '@/lib/server/runtime/env';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

interface EncryptionKey {
  /** Names the secret without giving it away, so that several can be in use while they rotate. */
  readonly id: string;
  readonly key: Buffer;
}

/** The key for stored secrets: derived from a session secret under a label of its own, so that it opens no cookie (TK-01). */
function deriveKey(secret: string): EncryptionKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'roomtone stored tokens v1', 32));
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
}

function keys(secrets: readonly string[]): readonly [EncryptionKey, ...EncryptionKey[]] {
  const [first, ...others] = secrets.map(deriveKey);
  if (first === undefined) throw new Error('SESSION_SECRET is empty.');
  return [first, ...others];
}

/** How stored secrets name their keys: the one that encrypts now, and those that only open what was encrypted before. */
export function keyIds(secrets = getEnv().sessionSecrets): {
  readonly current: string;
  readonly older: readonly string[];
} {
  const [current, ...older] = keys(secrets).map(({ id }) => id);
  return { current: current ?? '', older };
}

/**
 * Encrypts a secret for one place in the database. `place` (table, row, column) is authenticated: moved elsewhere, the
 * ciphertext does not open.
 *
 * @param secrets this deployment's, if nothing is said; the first one encrypts
 * @returns version, key id, IV, tag and data, separated by dots, base64url
 */
export function encrypt(plain: string, place: string, secrets = getEnv().sessionSecrets): string {
  const [{ id, key }] = keys(secrets);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(place));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return ['v1', id, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

/** The secret that was encrypted for that place; null for an unknown key, another place, or a changed byte. */
export function decrypt(encrypted: string, place: string, secrets = getEnv().sessionSecrets): string | null {
  const [version, id, ...parts] = encrypted.split('.');
  const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
  const known = keys(secrets).find((candidate) => candidate.id === id);
  if (version !== 'v1' || !known || iv?.length !== ivBytes || tag?.length !== tagBytes || !data) return null;
  try {
    const decipher = createDecipheriv(algorithm, known.key, iv, { authTagLength: tagBytes })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

type TokenColumn = 'access' | 'refresh';

function place(sessionId: string, column: TokenColumn): string {
  return `SpotifyToken:${sessionId}:${column}`;
}

/** Both tokens of a session, each encrypted for its own row and column (TK-01). */
export function encryptTokens(
  sessionId: string,
  accessToken: string,
  refreshToken: string,
): { readonly sealedAccess: string; readonly sealedRefresh: string } {
  return {
    sealedAccess: encrypt(accessToken, place(sessionId, 'access')),
    sealedRefresh: encrypt(refreshToken, place(sessionId, 'refresh')),
  };
}

/** A stored token in clear; null when it cannot be decrypted any more. */
export function decryptToken(sessionId: string, column: TokenColumn, encrypted: string): string | null {
  return decrypt(encrypted, place(sessionId, column));
}

/** Whether one of the secrets encrypted that; says so without opening it. */
export function isKeyKnown(encrypted: string): boolean {
  return keys(getEnv().sessionSecrets).some(({ id }) => id === encrypted.split('.')[1]);
}

/**
 * A stored token as the first of several secrets encrypts it: the same one where it does already, null where none of them decrypts it.
 */
export function renewEncryption(
  sessionId: string,
  column: TokenColumn,
  encrypted: string,
  secrets: readonly string[],
): string | null {
  const [{ id }] = keys(secrets);
  const at = place(sessionId, column);
  const plain = decrypt(encrypted, at, secrets);
  if (plain === null) return null;
  return encrypted.split('.')[1] === id ? encrypted : encrypt(plain, at, secrets);
}
