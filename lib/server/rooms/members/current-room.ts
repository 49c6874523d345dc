import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Db } from '@/lib/server/db/connection/client';
import { findDoors } from '@/lib/server/db/knocks';
import { leaveRoom } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findCurrentRoom, lockRooms } from '@/lib/server/db/rooms';
import { findShownRooms } from '@/lib/server/db/screens';
import { lockSession } from '@/lib/server/db/sessions';

export type CurrentRoom = NonNullable<Awaited<ReturnType<typeof findCurrentRoom>>>;

/**
 * Holds a session and the rooms it moves between, those at whose doors it waits and that it is a screen of too, until the transaction ends, always in the same order: a session is in one
 * room at a time (RO1), and two people who change places do not block each other.
 *
 * @returns the live room the session is in now
 * @throws {AppError} `unavailable` when it was logged out a moment ago: whoever comes back has a new one
 */
export async function lockSessionAndRooms(
  tx: Db,
  sessionId: string,
  otherRooms: readonly string[] = [],
): Promise<CurrentRoom | null> {
  if (!(await lockSession(tx, sessionId))) throw new AppError('unavailable', { retryAfterSeconds: 1 });
  const current = await findCurrentRoom(tx, sessionId);
  const near = [...(await findDoors(tx, [sessionId])), ...(await findShownRooms(tx, [sessionId]))];
  await lockRooms(tx, [...(current === null ? [] : [current.room.id]), ...near, ...otherRooms]);
  // The room may have ended while it was waited for.
  return current === null ? null : findCurrentRoom(tx, sessionId);
}

/** Takes a guest out of the room it is in, with the votes. */
export async function leaveCurrentRoom(tx: Db, current: CurrentRoom): Promise<void> {
  await leaveRoom(tx, current.memberId, 'left');
  await bumpRoom(tx, current.room.id, 'people');
}
