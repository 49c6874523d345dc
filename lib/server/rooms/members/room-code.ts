import 'server-only';
import { randomInt } from 'node:crypto';
import { roomCodeLength, roomCodeSymbols } from '@/lib/shared/rules/room-code';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import type { Db } from '@/lib/server/db/connection/client';
import { findTakenCodes, renewRoomCode } from '@/lib/server/db/rooms';
import { findTakenScreenCodes } from '@/lib/server/db/screens';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom } from '@/lib/server/rooms/change-room';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

/** A new code: each symbol drawn evenly by a cryptographic generator (RO7, RM-01). */
function generateCode(): string {
  return Array.from({ length: roomCodeLength }, () => roomCodeSymbols.charAt(randomInt(roomCodeSymbols.length))).join(
    '',
  );
}

/** Codes drawn at once; the chance that all of them are taken is nil long before the codes run out. */
const drawnCodes = 8;

/** A new code of none of those that `findTaken` knows. */
async function drawCode(findTaken: (codes: readonly string[]) => Promise<ReadonlySet<string>>): Promise<string> {
  const codes = Array.from({ length: drawnCodes }, generateCode);
  const taken = await findTaken(codes);
  const code = codes.find((candidate) => !taken.has(candidate));
  if (code === undefined) throw new Error('No free code was drawn.');
  return code;
}

/** A new code that no room has or had within the last day (RO4, HT2). */
export function drawFreeCode(tx: Db): Promise<string> {
  return drawCode((codes) => findTakenCodes(tx, codes));
}

/** A new code that no screen has (SN2). */
export function drawFreeScreenCode(tx: Db): Promise<string> {
  return drawCode((codes) => findTakenScreenCodes(tx, codes));
}

/** Gives the room another code: the old one leads nowhere from here on, and who is in the room stays (HT2). */
export function renewCode(viewer: Viewer): Promise<RoomDto> {
  return changeRoom(viewer, { right: 'configure' }, async ({ tx, room }) =>
    toRoomDto(await renewRoomCode(tx, room.id, room.code, await drawFreeCode(tx))),
  );
}
