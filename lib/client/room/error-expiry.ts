import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';

/** A failed press, as far as its end depends on it. */
interface Failure {
  readonly code: ErrorCode | 'network';
  readonly atMs: number;
  /** What was on, and which version of the room was shown, when it failed. */
  readonly playId: string | null;
  readonly version: number;
}

/** The room as the page knows it now. */
interface Room {
  readonly snapshot: RoomSnapshot;
  readonly isLive: boolean;
  /** When the room was last heard of, changed or not. */
  readonly heardAtMs: number;
}

/** As long as this a sentence stands, so that it can be read. */
const readMs = 4_000;

/** After so long without trouble, what passes by itself has passed, in ms. */
const passedMs = 12_000;

/** After so long nobody remembers which press it was about, in ms. */
const forgottenMs = 45_000;

/** What the state of Spotify that a snapshot brings speaks of as well. */
const ofSpotify: ReadonlySet<Failure['code']> = new Set<ErrorCode>([
  'spotify_unavailable',
  'spotify_rate_limited',
  'spotify_reconnect',
  'spotify_not_connected',
  'spotify_not_allowed',
  'premium_required',
]);

const passesByItself: ReadonlySet<Failure['code']> = new Set<ErrorCode>([
  'unavailable',
  'internal_error',
  'rate_limited',
]);

/**
 * Whether a failed press is no longer worth a word, because what stood in its way is gone: the room is heard of again, Spotify answers
 * again, a device plays, another song is on.
 */
export function isErrorStale(failure: Failure, room: Room, nowMs: number): boolean {
  const { code } = failure;
  const { spotify, playback, version } = room.snapshot;
  const ageMs = nowMs - failure.atMs;
  // Songs change by themselves: there was nothing left to do.
  if (code === 'track_changed') return true;
  if (code === 'network') return room.isLive && ageMs > (room.heardAtMs > failure.atMs ? readMs : passedMs);
  if (ofSpotify.has(code))
    return spotify.status === 'connected' && ageMs > (version > failure.version ? readMs : passedMs);
  if (passesByItself.has(code)) return room.isLive && ageMs > passedMs;
  if (ageMs > forgottenMs) return true;
  if (code === 'no_active_device' || code === 'device_not_found') return playback.status === 'playing';
  return code === 'playback_restricted' && playback.playId !== failure.playId;
}
