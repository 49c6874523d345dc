import 'server-only';
import { createHash } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import { getEnv } from '@/lib/server/runtime/env';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { sessionDays } from '@/lib/server/db/sessions';

/** What the cookie holds: its purpose, because seals carry none, and a random id. Nothing of it is secret or personal. */
interface SealedSession {
  readonly kind: 'session';
  readonly sid: string;
}

const sidPattern = /^[A-Za-z0-9_-]{43}$/;

/** Seals are some 300 characters; anything much longer is not one of ours and not worth a key derivation. */
const maxSealLength = 1_024;

/**
 * A number that names a secret and stays the same wherever it stands in the list: by position, dropping the old secret
 * would rename the new one and log everybody out.
 */
function secretId(secret: string): string {
  return String(createHash('sha256').update(secret).digest().readUIntBE(0, 6));
}

const ttlSeconds = sessionDays * 86_400;

/** Seals a session id under the first secret. */
export function sealSessionId(sid: string): Promise<string> {
  const [first] = getEnv().sessionSecrets;
  if (first === undefined) throw new Error('SESSION_SECRET is empty.');
  const content: SealedSession = { kind: 'session', sid };
  return sealData(content, { password: { [secretId(first)]: first }, ttl: ttlSeconds });
}

/**
 * Whether a cookie's value was sealed under another secret than the first: while secrets rotate, such a one is given anew. Says nothing of
 * whether it opens.
 */
export function isSealedByAnother(value: string): boolean {
  const [first, ...others] = getEnv().sessionSecrets;
  return first !== undefined && others.length > 0 && !value.startsWith(`Fe26.2*${secretId(first)}*`);
}

function parseSealed(content: unknown): string | null {
  if (typeof content !== 'object' || content === null) return null;
  if (!('kind' in content) || content.kind !== 'session' || !('sid' in content)) return null;
  return typeof content.sid === 'string' && sidPattern.test(content.sid) ? content.sid : null;
}

/** The session id in a cookie's value, or null. No value, however malformed, makes it throw (SE-08). */
export async function unsealSessionId(value: string): Promise<string | null> {
  // The version mark is outside the seal's MAC; only the one we write is read (SE-07).
  if (value.length > maxSealLength || !/^Fe26\.2\*[\w*.-]+~2$/.test(value)) return null;
  const password = Object.fromEntries(getEnv().sessionSecrets.map((secret) => [secretId(secret), secret]));
  try {
    return parseSealed(await unsealData(value, { password, ttl: ttlSeconds }));
  } catch (error) {
    // The library throws on some malformed seals where it should answer with an empty session.
    log.info('session.seal_refused', describeError(error));
    return null;
  }
}
