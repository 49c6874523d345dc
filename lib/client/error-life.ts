import type { ErrorCode } from '@/lib/shared/errors';
import type { RoomSnapshot } from '@/lib/shared/snapshot';

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

/**
 * Whether a failed press is no longer worth a word, because what stood in its way is gone: the room is heard of again, Spotify answers
 * again, a device plays, another song is on.
 */
export function isOver(failure: Failure, room: Room, nowMs: number): boolean {
  const { spotify, playback, version } = room.snapshot;
  const ageMs = nowMs - failure.atMs;
  switch (failure.code) {
    // Songs change by themselves: there was nothing left to do.
    case 'track_changed':
      return true;
    case 'network':
      return room.isLive && ageMs > (room.heardAtMs > failure.atMs ? readMs : passedMs);
    case 'no_active_device':
    case 'device_not_found':
      return playback.status === 'playing' || ageMs > forgottenMs;
    case 'playback_restricted':
    case 'volume_not_supported':
      return playback.playId !== failure.playId || ageMs > forgottenMs;
    case 'spotify_unavailable':
    case 'spotify_rate_limited':
    case 'spotify_reconnect':
    case 'spotify_not_connected':
    case 'spotify_not_allowed':
    case 'premium_required':
      return spotify.status === 'connected' && ageMs > (version > failure.version ? readMs : passedMs);
    case 'unavailable':
    case 'internal_error':
    case 'rate_limited':
      return room.isLive && ageMs > passedMs;
    default:
      return ageMs > forgottenMs;
  }
}
