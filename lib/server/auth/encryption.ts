import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { getEnv } from '@/lib/server/runtime/env';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

interface SealingKey {
  /** Names the secret without giving it away, so that several can be in use while they rotate. */
  readonly id: string;
  readonly key: Buffer;
}

/** The key for stored secrets: derived from a session secret under a label of its own, so that it opens no cookie (TK-01). */
function deriveKey(secret: string): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'roomtone stored tokens v1', 32));
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
}

function keys(): readonly [SealingKey, ...SealingKey[]] {
  const [first, ...others] = getEnv().sessionSecrets.map(deriveKey);
  if (first === undefined) throw new Error('SESSION_SECRET is empty.');
  return [first, ...others];
}

/**
 * Encrypts a secret for one place in the database. `place` (table, row, column) is authenticated: moved elsewhere, the
 * ciphertext does not open.
 *
 * @returns version, key id, IV, tag and data, separated by dots, base64url
 */
export function seal(plain: string, place: string): string {
  const [{ id, key }] = keys();
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(place));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return ['v1', id, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

/** The secret that was sealed for that place; null for an unknown key, another place, or a changed byte. */
export function unseal(sealed: string, place: string): string | null {
  const [version, id, ...parts] = sealed.split('.');
  const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
  const known = keys().find((candidate) => candidate.id === id);
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
