import type { RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { roomTitle } from '@/app/_components/room-title';

const minuteMs = 60_000;

/** A length as people say it: 30 minutes, 2 hours. */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (minutes % 60 === 0) return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** What a setting says once it is changed. */
export const settingWords: Readonly<Record<keyof RoomSettingsInput, (room: RoomDto) => string>> = {
  name: (room) => `The room is called ${roomTitle(room)}.`,
  guestsCanPause: (room) => (room.guestsCanPause ? 'Guests can pause.' : 'Only you and co-hosts can pause.'),
  votesToSkip: (room) => `Votes to skip: ${room.votesToSkip}.`,
  locked: (room) => (room.locked ? 'Nobody new can join.' : 'The room is open again.'),
  queueOrder: (room) => (room.queueOrder === 'votes' ? 'Votes decide the order.' : 'Songs take turns.'),
  queueOpen: (room) => (room.queueOpen ? 'Guests can add songs.' : 'Guests cannot add songs now.'),
  songsPerGuest: (room) => `Songs per guest: ${room.songsPerGuest}.`,
  queueLimit: (room) => `Longest queue: ${room.queueLimit}.`,
  explicitAllowed: (room) => (room.explicitAllowed ? 'Explicit songs are taken.' : 'Explicit songs are not taken.'),
  maxSongMs: ({ maxSongMs }) =>
    maxSongMs === null ? 'Songs may be of any length.' : `Songs may last ${spanWords(maxSongMs)}.`,
  replayAfterMs: ({ replayAfterMs }) =>
    replayAfterMs === null ? 'Songs may come again at once.' : `No song again within ${spanWords(replayAfterMs)}.`,
  admission: ({ admission }) =>
    admission === 'knock' ? 'Newcomers wait until you let them in.' : 'Newcomers come in by themselves.',
  asksApproval: (room) => (room.asksApproval ? 'Guests’ songs wait for you.' : 'Songs need no approval.'),
};

interface SpanOption {
  readonly value: string;
  readonly label: string;
}

/** Lengths to choose from, the present one among them; the value is in ms, empty for none. */
export function spanOptions(none: string, minutes: readonly number[], present: number | null): readonly SpanOption[] {
  const lengths = new Set(minutes.map((length) => length * minuteMs));
  if (present !== null) lengths.add(present);
  const spans = [...lengths].toSorted((a, b) => a - b).map((ms) => ({ value: String(ms), label: spanWords(ms) }));
  return [{ value: '', label: none }, ...spans];
}
