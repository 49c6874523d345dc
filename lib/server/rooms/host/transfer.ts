import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { withGrantHeld } from '@/lib/server/auth/move-grant';
import type { JoinedMember } from '@/lib/shared/contract/members';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import type { TakeOverInput, TransferDto } from '@/lib/shared/contract/transfers';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { clearCurrentRoom, enterRoom, findMember, makeGuest } from '@/lib/server/db/members';
import { findOwnClientId, setOwnClientId } from '@/lib/server/db/own-apps';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findRoom, type RoomRow, setRoomHost } from '@/lib/server/db/rooms';
import { lockSession } from '@/lib/server/db/sessions';
import { findTransfer, saveTransfer, type TransferRow, useTransfer } from '@/lib/server/db/transfers';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import { AppError } from '@/lib/server/runtime/app-error';
import { changeRoom } from '@/lib/server/rooms/change-room';
import { toRoomDto } from '@/lib/server/rooms/live/dto';
import { leaveCurrentRoom, lockSessionAndRooms } from '@/lib/server/rooms/members/current-room';
import { giveUpEverywhere } from '@/lib/server/rooms/members/door';
import { miss, requireNoGuesser, type Requester, type Viewer } from '@/lib/server/session/room-access';
import { getSession, openSession, readSessionHash, renewSession } from '@/lib/server/session/session';

const codeBytes = 16;

type CodeHash = Uint8Array<ArrayBuffer>;

const hashCode = (code: string): CodeHash => new Uint8Array(createHash('sha256').update(code).digest());

/**
 * Makes a code by which the host goes on on another device, in place of the one before (TR1). Nothing changes before it is used.
 *
 * @param origin where other devices reach the app
 */
export function createTransfer(viewer: Viewer, origin: string): Promise<TransferDto> {
  return changeRoom(viewer, { right: 'hand_over' }, async ({ tx, room, unchanged }) => {
    const code = randomBytes(codeBytes).toString('base64url');
    const expiresAt = await saveTransfer(tx, room.id, hashCode(code));
    unchanged();
    return { code, url: `${origin}/transfer#${code}`, expiresAt: expiresAt.toISOString() };
  });
}

interface TakenOver {
  readonly room: RoomDto;
  readonly member: JoinedMember;
  readonly setCookie: string | null;
}

/** The live room that the code leads to, and the way there. @throws {AppError} `transfer_not_found`, `rate_limited` */
async function requireTransfer(
  requester: Requester,
  codeHash: CodeHash,
): Promise<{ readonly transfer: TransferRow; readonly room: RoomRow }> {
  await requireNoGuesser(requester, null);
  const transfer = await findTransfer(getDb(), codeHash);
  const room = transfer === null ? null : await findRoom(getDb(), transfer.roomId);
  if (transfer === null || room === null || room.endedAt !== null) return miss(requester, 'transfer_not_found');
  return { transfer, room };
}

async function hostOf(tx: Db, room: RoomRow, sessionId: string): Promise<JoinedMember | null> {
  const member = await findMember(tx, room.id, sessionId);
  if (member?.inRoom !== true || member.role !== 'host') return null;
  return { id: member.id, name: member.name, role: 'host' };
}

/**
 * The answer once more for who has gone this way already: in the same session, or with the cookie from before, where the answer with the new
 * one was lost (TR2). Null for anybody else.
 */
async function repeat(requester: Requester, transfer: TransferRow, room: RoomRow): Promise<TakenOver | null> {
  const { usedById, usedWith } = transfer;
  if (usedById === null) return null;
  const session = await getSession(requester.cookieHeader);
  const hash = await readSessionHash(requester.cookieHeader);
  const lostAnswer = session === null && hash !== null && usedWith !== null && Buffer.compare(hash, usedWith) === 0;
  if (session?.id !== usedById && !lostAnswer) return null;
  return inRoomTransaction(room.id, async (tx) => {
    await lockSessionAndRooms(tx, usedById, [room.id]);
    const member = await hostOf(tx, room, usedById);
    if (member === null) return null;
    const setCookie = lostAnswer ? await renewSession(tx, usedById) : null;
    return { room: toRoomDto(room), member, setCookie };
  });
}

/** Sessions before rooms, and in one order: two that change places do not block each other. */
async function lockBoth(tx: Db, one: string, other: string): Promise<void> {
  for (const id of [one, other].toSorted()) await lockSession(tx, id);
}

/** Makes the session the host, and the one that was it a plain guest. @throws {AppError} why not; then nothing has changed */
async function become(
  tx: Db,
  {
    roomId,
    hostSessionId,
    sessionId,
    name,
  }: { roomId: string; hostSessionId: string; sessionId: string; name?: string },
  moveGrant: (tx: Db, to: string) => Promise<void>,
): Promise<{ readonly room: RoomRow; readonly member: JoinedMember }> {
  await lockBoth(tx, sessionId, hostSessionId);
  const current = await lockSessionAndRooms(tx, sessionId, [roomId]);
  const room = await findRoom(tx, roomId);
  if (room === null || room.endedAt !== null || room.hostSessionId !== hostSessionId) {
    throw new AppError('transfer_not_found');
  }
  const known = await findMember(tx, roomId, sessionId);
  if (known?.removed === true) throw new AppError('removed_by_host');
  if (current?.role === 'host') throw new AppError('already_hosting');
  if (current !== null && current.room.id !== roomId) await leaveCurrentRoom(tx, current);
  await clearCurrentRoom(tx, sessionId);
  const before = await findMember(tx, roomId, hostSessionId);
  if (before !== null) await makeGuest(tx, before.id);
  const member = await enterRoom(tx, { roomId, sessionId, name: name ?? known?.name ?? 'Host', role: 'host' });
  await setRoomHost(tx, roomId, sessionId);
  await moveGrant(tx, sessionId);
  await setOwnClientId(tx, sessionId, await findOwnClientId(tx, hostSessionId));
  await giveUpEverywhere(tx, sessionId);
  return { room: { ...room, hostSessionId: sessionId }, member: { id: member.id, name: member.name, role: 'host' } };
}

/**
 * Makes the requester the host of the room that a code leads to, with its Spotify login (TR2). The code is used up only when that has worked.
 *
 * @throws {AppError} `transfer_not_found`, `removed_by_host`, `already_hosting`, `rate_limited`, `unavailable`
 */
export async function takeOver(requester: Requester, { code, ...input }: TakeOverInput): Promise<TakenOver> {
  const codeHash = hashCode(code);
  const { transfer, room } = await requireTransfer(requester, codeHash);
  const known = await repeat(requester, transfer, room);
  if (known !== null) return known;
  if (transfer.usedById !== null) return miss(requester, 'transfer_not_found');
  const cookieHash = await readSessionHash(requester.cookieHeader);
  const session = await openSession(requester.cookieHeader);
  const { id: roomId, hostSessionId } = room;
  const done = await withGrantHeld(hostSessionId, (moveGrant) =>
    inRoomTransaction(roomId, async (tx) => {
      const became = await become(tx, { roomId, hostSessionId, sessionId: session.id, ...input }, moveGrant);
      // Of two who come with the code, the second finds another host; and the host may have made a new code meanwhile.
      if ((await findTransfer(tx, codeHash)) === null) throw new AppError('transfer_not_found');
      await useTransfer(tx, roomId, { sessionId: session.id, cookieHash });
      await bumpRoom(tx, roomId, 'people');
      return { ...became, setCookie: session.setCookie ?? (await renewSession(tx, session.id)) };
    }),
  );
  keepWatched(roomId);
  return { room: toRoomDto(done.room), member: done.member, setCookie: done.setCookie };
}
