/** The 31 symbols of a room code: no I, L, O, 0 or 1, which people mistake for one another. */
const readable = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** The symbols new codes are made of: without A, E and U, so that no code spells a word. */
export const roomCodeSymbols = 'BCDFGHJKMNPQRSTVWXYZ23456789';

export const roomCodeLength = 6;

const pattern = new RegExp(`^[${readable}]{${roomCodeLength}}$`);

/**
 * The code as it is stored, from what was typed; null when it cannot be a room's code.
 * Codes are read case-insensitively.
 */
export function parseRoomCode(input: string): string | null {
  const code = input.toUpperCase();
  return pattern.test(code) ? code : null;
}
