import { createHash } from 'node:crypto';

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A Spotify id made from a name: 22 base62 characters, the same on every machine. */
export function idFor(name: string): string {
  let value = BigInt(`0x${createHash('sha256').update(`roomtone simulator ${name}`).digest('hex').slice(0, 32)}`);
  let id = '';
  for (let place = 0; place < 22; place += 1) {
    id = (digits[Number(value % 62n)] ?? '0') + id;
    value /= 62n;
  }
  return id;
}

/** Whether a text has the form of a Spotify id. */
export function isSpotifyId(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}
