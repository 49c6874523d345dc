import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { MemberRights, MemberRightsInput } from '@/lib/shared/contract/members';
import type { Db } from '@/lib/server/db/connection/client';
import { findMemberById, leaveRoom, type MemberRow, clearRemoval, setRights } from '@/lib/server/db/members';
import { approveSongs, removeSongs, findWaitingSongs } from '@/lib/server/db/queue';
import { changeRoom } from '@/lib/server/rooms/change-room';
import type { Viewer } from '@/lib/server/session/room-access';

async function requireGuest(tx: Db, viewer: Viewer, memberId: string): Promise<MemberRow> {
  const member = await findMemberById(tx, viewer.roomId, memberId);
  if (member === null) throw new AppError('member_not_found');
  if (member.role === 'host') throw new AppError('cannot_remove_host');
  return member;
}

/**
 * Removes a guest (MB2); their streams end at once.
 *
 * @param withSongs takes their waiting songs out as well (QU7)
 * @throws {AppError} `member_not_found`, also for somebody who has left and has no songs to take out; `cannot_remove_host`
 */
export function removeMember(viewer: Viewer, memberId: string, withSongs: boolean): Promise<void> {
  return changeRoom(viewer, { right: 'manage_people', what: 'people' }, async ({ tx, room, member: host }) => {
    const member = await requireGuest(tx, viewer, memberId);
    const songs = withSongs ? (await findWaitingSongs(tx, room.id)).filter((song) => song.memberId === member.id) : [];
    // Somebody who has left may still have songs to take out.
    if (!member.inRoom && songs.length === 0) throw new AppError('member_not_found');
    await leaveRoom(tx, member.id, 'removed');
    if (songs.length === 0) return;
    const ids = songs.map(({ id }) => id);
    await removeSongs(tx, ids, { state: 'removed', reason: 'member_removed', by: host.id });
  });
}

/** Lets somebody who was removed join again (HT4). @throws {AppError} `member_not_found` */
export function readmitMember(viewer: Viewer, memberId: string): Promise<void> {
  return changeRoom(viewer, { right: 'manage_people', what: 'people' }, async ({ tx, unchanged }) => {
    const member = await requireGuest(tx, viewer, memberId);
    if (member.removed) await clearRemoval(tx, member.id);
    // No screen shows who may come back.
    unchanged();
  });
}

/**
 * What the host grants a guest or takes back (HT3). Trusting somebody approves what waits from them (QU9).
 *
 * @throws {AppError} `member_not_found`, `cannot_remove_host`
 */
export function changeRights(viewer: Viewer, memberId: string, input: MemberRightsInput): Promise<MemberRights> {
  return changeRoom(viewer, { right: 'manage_people', what: 'people' }, async ({ tx, room }) => {
    const guest = await requireGuest(tx, viewer, memberId);
    if (!guest.inRoom) throw new AppError('member_not_found');
    const { id, name, role, coHost, trusted } = await setRights(tx, guest.id, input);
    if (trusted || coHost) await approveSongs(tx, { roomId: room.id, memberId: id });
    return { id, name, role, coHost, trusted };
  });
}
