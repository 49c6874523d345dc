import { parseRoomCode } from '@/lib/shared/rules/room-code';

/** The room code in what was typed or pasted: a code in any case, with spaces or dashes, or a whole link. */
export function readRoomCode(text: string): string | null {
  const link = /\/room\/([^/?#\s]+)/i.exec(text);
  return parseRoomCode((link?.[1] ?? text).replaceAll(/[\s-]/g, ''));
}
