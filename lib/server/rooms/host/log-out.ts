import 'server-only';
import { type Db, inTransaction } from '@/lib/server/db/connection/client';
import { findDoors } from '@/lib/server/db/knocks';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { endRoom, findCurrentRoom, lockRooms } from '@/lib/server/db/rooms';
import { findShownRooms } from '@/lib/server/db/screens';
import { endSession, findSessionsOfSameAccount, lockSession } from '@/lib/server/db/sessions';
import { AppError } from '@/lib/server/runtime/app-error';
import { giveUpEverywhere } from '@/lib/server/rooms/members/door';
import { leaveCurrentRoom } from '@/lib/server/rooms/members/current-room';
import { noSessionCookie } from '@/lib/server/session/cookie';
import { consume } from '@/lib/server/session/rate-limits';
import { getSession, renewSession } from '@/lib/server/session/session';

/** Ends sessions that are held: a host's room ends, a guest leaves, and nothing of theirs opens anything any more (LG10). */
async function endSessions(tx: Db, sessionIds: readonly string[]): Promise<void> {
  const rooms = await Promise.all(sessionIds.map((id) => findCurrentRoom(tx, id)));
  await lockRooms(tx, [
    ...rooms.flatMap((current) => (current === null ? [] : [current.room.id])),
    ...(await findDoors(tx, sessionIds)),
    ...(await findShownRooms(tx, sessionIds)),
  ]);
  for (const id of sessionIds) {
    // Read again: the room may have ended while it was waited for.
    const current = await findCurrentRoom(tx, id);
    if (current?.role === 'guest') await leaveCurrentRoom(tx, current);
    else if (current !== null && (await endRoom(tx, current.room.id))) await bumpRoom(tx, current.room.id, 'people');
    await endSession(tx, id);
    await giveUpEverywhere(tx, id);
  }
}

/**
 * Logs this browser out (LG10); one without a session is so already.
 *
 * @returns the `Set-Cookie` line that takes its cookie back
 */
export async function logOut(cookieHeader: string | null): Promise<string> {
  const session = await getSession(cookieHeader);
  if (session !== null) {
    await inTransaction(async (tx) => {
      if (await lockSession(tx, session.id)) await endSessions(tx, [session.id]);
    });
  }
  return noSessionCookie();
}

/**
 * Logs every other browser with the requester's Spotify account out. The requester keeps room and login under a new cookie, so that whoever has
 * a copy of the old one is out as well (LG11).
 *
 * @returns the `Set-Cookie` line with the new one
 * @throws {AppError} `spotify_not_connected`, `rate_limited`
 */
export async function logOutOthers(cookieHeader: string | null): Promise<string> {
  const session = await getSession(cookieHeader);
  if (session === null) throw new AppError('spotify_not_connected');
  await consume('commands', session.id);
  return inTransaction(async (tx) => {
    const others = await findSessionsOfSameAccount(tx, session.id);
    if (others === null) throw new AppError('spotify_not_connected');
    // All of them before any room, and in one order: two that log each other out do not block each other, and one of them stays.
    const living = new Set<string>();
    for (const id of [session.id, ...others].toSorted()) if (await lockSession(tx, id)) living.add(id);
    if (!living.has(session.id)) throw new AppError('spotify_not_connected');
    await endSessions(
      tx,
      others.filter((id) => living.has(id)),
    );
    return renewSession(tx, session.id);
  });
}
