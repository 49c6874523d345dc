import 'server-only';
import { randomInt } from 'node:crypto';
import { AppError } from '@/lib/shared/app-error';
import { roomCodeLength, roomCodeSymbols } from '@/lib/shared/room-code';
import type { RoomDto } from '@/lib/shared/snapshot';
import type { Db } from '../db/client';
import { inRoomTransaction } from '../db/room-transactions';
import { bumpRoom } from '../db/room-versions';
import { findRoom, findTakenCodes, lockRooms, replaceCode } from '../db/rooms';
import type { Viewer } from '../session/room-access';
import { toRoomDto } from './room-dto';

/** A new code: each symbol drawn evenly by a cryptographic generator (RO7, RM-01). */
function generateRoomCode(): string {
  return Array.from({ length: roomCodeLength }, () => roomCodeSymbols.charAt(randomInt(roomCodeSymbols.length))).join(
    '',
  );
}

/** Codes drawn at once; the chance that all of them are taken is nil long before the codes run out. */
const drawnCodes = 8;

/** A new code that no room has or had within the last day (RO4, HT2). */
export async function drawFreeCode(tx: Db): Promise<string> {
  const codes = Array.from({ length: drawnCodes }, generateRoomCode);
  const taken = await findTakenCodes(tx, codes);
  const code = codes.find((candidate) => !taken.has(candidate));
  if (code === undefined) throw new Error('No free room code was drawn.');
  return code;
}

/** Gives the room another code: the old one leads nowhere from here on, and who is in the room stays (HT2). */
export function changeCode(viewer: Viewer): Promise<RoomDto> {
  return inRoomTransaction(viewer.roomId, async (tx) => {
    await lockRooms(tx, [viewer.roomId]);
    const room = await findRoom(tx, viewer.roomId);
    if (room === null || room.endedAt !== null) throw new AppError('room_ended');
    const changed = await replaceCode(tx, room.id, room.code, await drawFreeCode(tx));
    await bumpRoom(tx, room.id);
    return toRoomDto(changed);
  });
}
