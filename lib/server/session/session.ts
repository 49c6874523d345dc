import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import {
  findSession,
  insertSession,
  replaceSessionToken,
  type SessionRow,
  touchSession,
} from '@/lib/server/db/sessions';
import { bumpCurrentRoom } from '@/lib/server/db/room-versions';
import { perProcess } from '@/lib/server/runtime/per-process';
import { readCookie, sessionCookie } from './cookie';
import { isSealedByAnother, sealSessionId, unsealSessionId } from './seal';

/** A session's cookie id is 256 random bits; the database holds only its hash (SE-02). */
const sidBytes = 32;

/** Cookie values whose seal has been opened already: opening one costs more than the query that follows. */
const openedSeals = 5_000;

/** Seconds between two notes that a session was seen. */
const seenEverySeconds = 60;

function hashSid(sid: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(sid).digest());
}

/**
 * The hash by which the database knows the sender of a request, or null without a readable cookie. Says nothing of whether
 * such a session lives.
 */
export async function readSessionHash(cookieHeader: string | null): Promise<Uint8Array<ArrayBuffer> | null> {
  const value = readCookie(cookieHeader);
  if (value === null) return null;
  const opened = perProcess('opened-seals', () => new LRUCache<string, Uint8Array<ArrayBuffer>>({ max: openedSeals }));
  const known = opened.get(value);
  if (known) return known;
  const sid = await unsealSessionId(value);
  if (sid === null) return null;
  const hash = hashSid(sid);
  opened.set(value, hash);
  return hash;
}

/**
 * What the database has of a request's living session, or null; noted as seen. Never opens one (SE-09).
 *
 * @param find reads the session with whatever else the caller needs of it
 */
export async function lookUpSession<Row extends SessionRow>(
  cookieHeader: string | null,
  find: (tokenHash: Uint8Array) => Promise<Row | null>,
): Promise<Row | null> {
  const hash = await readSessionHash(cookieHeader);
  const session = hash === null ? null : await find(hash);
  if (session !== null && Date.now() - session.lastSeenAt.getTime() > seenEverySeconds * 1_000) {
    await touchSession(session.id);
  }
  return session;
}

/** The living session of a request, or null. Never opens one (SE-09). */
export function getSession(cookieHeader: string | null): Promise<SessionRow | null> {
  return lookUpSession(cookieHeader, findSession);
}

/**
 * The line that gives a browser its own session anew, sealed under the first secret; null where it is already, or where there is no
 * readable cookie. So the secret before can be dropped when everybody was here (SE-06).
 */
export async function resealSession(cookieHeader: string | null): Promise<string | null> {
  const value = readCookie(cookieHeader);
  if (value === null || !isSealedByAnother(value)) return null;
  const sid = await unsealSessionId(value);
  return sid === null ? null : sessionCookie(await sealSessionId(sid));
}

/** A new cookie id: its hash for the database, and the line that gives it to the browser. */
async function newSid(): Promise<{ readonly hash: Uint8Array<ArrayBuffer>; readonly setCookie: string }> {
  const sid = randomBytes(sidBytes).toString('base64url');
  return { hash: hashSid(sid), setCookie: sessionCookie(await sealSessionId(sid)) };
}

export interface OpenedSession {
  readonly id: string;
  /** The `Set-Cookie` line to answer with; null when the browser has its cookie already. */
  readonly setCookie: string | null;
}

/** The session of a request, opened when there is none: for logins and for commands that need one (SE-09). */
export async function openSession(cookieHeader: string | null): Promise<OpenedSession> {
  const session = await getSession(cookieHeader);
  if (session !== null) return { id: session.id, setCookie: null };
  const { hash, setCookie } = await newSid();
  const opened = await insertSession(getDb(), hash, new Date());
  return { id: opened.id, setCookie };
}

/**
 * Gives a session a new cookie id because it may do more from here on: a cookie somebody planted before is a stranger's
 * afterwards (SE-03), and the streams that were opened with it end (EV7). The session, its room and its logins stay.
 */
export async function renewSession(db: Db, sessionId: string): Promise<string> {
  const { hash, setCookie } = await newSid();
  await replaceSessionToken(db, sessionId, hash);
  await bumpCurrentRoom(db, sessionId);
  return setCookie;
}
