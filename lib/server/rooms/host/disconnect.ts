import 'server-only';
import { type Db, inTransaction } from '@/lib/server/db/connection/client';
import { forgetPlayer } from '@/lib/server/db/player-state';
import { forgetQueue } from '@/lib/server/db/queue';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findHostedRoom, lockRooms } from '@/lib/server/db/rooms';
import { deleteToken } from '@/lib/server/db/spotify-tokens';
import { getSession } from '@/lib/server/session/session';

/** Forgets a session's tokens and everything its room read from Spotify; the room stays, without music (LG8). */
export async function forgetConnection(tx: Db, sessionId: string): Promise<void> {
  const hosted = await findHostedRoom(sessionId, tx);
  // Room before login, as everywhere else.
  if (hosted !== null) await lockRooms(tx, [hosted.id]);
  await deleteToken(tx, sessionId);
  if (hosted === null) return;
  await forgetQueue(tx, hosted.id);
  await forgetPlayer(tx, hosted.id);
  await bumpRoom(tx, hosted.id);
}

/** Disconnects the requester's Spotify; one without a session has none. */
export async function disconnectSpotify(cookieHeader: string | null): Promise<void> {
  const session = await getSession(cookieHeader);
  if (session !== null) await inTransaction((tx) => forgetConnection(tx, session.id));
}
