import 'server-only';
import { randomInt } from 'node:crypto';
import { roomCodeLength, roomCodeSymbols } from '@/lib/shared/room-code';

/** A new code: each symbol drawn evenly by a cryptographic generator (RO7, RM-01). */
export function generateRoomCode(): string {
  return Array.from({ length: roomCodeLength }, () => roomCodeSymbols.charAt(randomInt(roomCodeSymbols.length))).join(
    '',
  );
}
