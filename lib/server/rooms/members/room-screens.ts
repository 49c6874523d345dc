import 'server-only';
import type { PairResponse, RoomScreenDto } from '@/lib/shared/contract/screens';
import { parseRoomCode } from '@/lib/shared/rules/room-code';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { findMember } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { lockRooms } from '@/lib/server/db/rooms';
import {
  countScreensOf,
  findScreenByCode,
  findScreensOf,
  mostScreens,
  pairScreen,
  unpairScreen,
} from '@/lib/server/db/screens';
import { lockSession } from '@/lib/server/db/sessions';
import { AppError } from '@/lib/server/runtime/app-error';
import { changeRoom, requireOpenRoom, requireStillAllowed } from '@/lib/server/rooms/change-room';
import { consume, quotaOf, rateLimited } from '@/lib/server/session/rate-limits';
import type { Viewer } from '@/lib/server/session/room-access';

/** The room's screens (SN3). */
export async function listScreens(viewer: Viewer): Promise<readonly RoomScreenDto[]> {
  const screens = await findScreensOf(getDb(), viewer.roomId);
  return screens.map(({ id, pairedAt, present }) => ({ id, pairedAt: pairedAt.toISOString(), present }));
}

type Paired = PairResponse['screen'];

/** Pairs the screen with that code, of whose session it was found a moment ago; null where that is so no more. */
async function pair(tx: Db, viewer: Viewer, code: string, sessionId: string): Promise<Paired | null> {
  // The session before its rooms, as everywhere: of two who typed the code one gets it, and who has joined a room meanwhile is no screen.
  await lockSession(tx, sessionId);
  await lockRooms(tx, [viewer.roomId]);
  const room = await requireOpenRoom(tx, viewer.roomId);
  await requireStillAllowed(tx, room, viewer, 'manage_screens');
  const screen = await findScreenByCode(tx, code);
  if (screen === null || screen.sessionId !== sessionId) return null;
  if ((await findMember(tx, room.id, sessionId))?.removed === true) {
    throw new AppError('screen_not_found', {
      detail:
        'That screen was removed from this room as a person. Log out on its privacy page: then it shows a new code.',
    });
  }
  if ((await countScreensOf(tx, room.id)) >= mostScreens) throw new AppError('too_many_screens');
  const pairedAt = await pairScreen(tx, screen.id, room.id);
  await bumpRoom(tx, room.id);
  return { id: screen.id, pairedAt: pairedAt.toISOString() };
}

/**
 * Pairs a screen with the viewer's room by the code that it shows, once (SN2).
 *
 * @param typed the code, in any case
 * @throws {AppError} `rate_limited` after too many codes of no screen; `screen_not_found`, `too_many_screens`, and what has changed for the
 * viewer meanwhile
 */
export async function pairWithRoom(viewer: Viewer, typed: string): Promise<Paired> {
  const { waitMs } = await quotaOf('screenMisses', viewer.memberId);
  if (waitMs !== null) throw rateLimited(waitMs);
  const code = parseRoomCode(typed);
  const found = code === null ? null : await findScreenByCode(getDb(), code);
  const paired =
    code === null || found === null
      ? null
      : await inRoomTransaction(viewer.roomId, (tx) => pair(tx, viewer, code, found.sessionId));
  if (paired !== null) return paired;
  await consume('screenMisses', viewer.memberId);
  throw new AppError('screen_not_found');
}

/** Takes a screen away from the viewer's room, also one that is off (SN3). @throws {AppError} `screen_not_found` */
export function takeScreenAway(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(viewer, { right: 'manage_screens', what: 'people' }, async ({ tx, room }) => {
    if (!(await unpairScreen(tx, room.id, id))) throw new AppError('screen_not_found');
  });
}
