import 'server-only';
import type { Db } from './connection/client';

/** The client id of the Spotify app that a session's host brought; null where there is none. */
export async function findOwnClientId(db: Db, sessionId: string): Promise<string | null> {
  const session = await db.session.findUnique({ where: { id: sessionId }, select: { spotifyClientId: true } });
  return session?.spotifyClientId ?? null;
}

/** Changes it, or forgets it with null. Logins on their way through the app before lead nowhere any more (AP4). */
export async function setOwnClientId(db: Db, sessionId: string, clientId: string | null): Promise<void> {
  await db.session.update({ where: { id: sessionId }, data: { spotifyClientId: clientId } });
  await db.loginAttempt.deleteMany({ where: { sessionId } });
}
