import type { ApiError } from '@/lib/client/api-error';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';

/** A failed command, as far as it decides how long its error is shown. */
interface Failure {
  readonly code: ApiError['code'];
  readonly atMs: number;
  /** What was on, and which version of the room was shown, when it failed. */
  readonly playId: string | null;
  readonly version: number;
}

/** The room as the page knows it now. */
interface Room {
  readonly snapshot: RoomSnapshot;
  readonly isLive: boolean;
  /** When the last snapshot came, changed or not. */
  readonly heardAtMs: number;
}

/** How long an error is shown at least, so that it can be read, in ms. */
const readMs = 4_000;

/** After so long in a working room, temporary errors are over, in ms. */
const passedMs = 12_000;

/** After so long any other error is stale: nobody remembers which command it was about, in ms. */
const forgottenMs = 45_000;

/** Errors that the Spotify status of a snapshot explains as well. */
export const explainedBySpotify: ReadonlySet<Failure['code']> = new Set<ErrorCode>([
  'spotify_unavailable',
  'spotify_rate_limited',
  'spotify_reconnect',
  'spotify_not_connected',
  'spotify_not_allowed',
  'premium_required',
]);

const temporary: ReadonlySet<Failure['code']> = new Set<ErrorCode>(['unavailable', 'internal_error', 'rate_limited']);

/**
 * Whether a shown error is stale, because its cause has gone (SC2): the room answers again, Spotify answers again, a device plays, another
 * song is on.
 */
export function isErrorStale(failure: Failure, room: Room, nowMs: number): boolean {
  const { code } = failure;
  const { spotify, playback, version } = room.snapshot;
  const ageMs = nowMs - failure.atMs;
  // The song had changed by itself: there was nothing left to do.
  if (code === 'track_changed') return true;
  if (code === 'network') return room.isLive && ageMs > (room.heardAtMs > failure.atMs ? readMs : passedMs);
  if (explainedBySpotify.has(code))
    return spotify.status === 'connected' && ageMs > (version > failure.version ? readMs : passedMs);
  if (temporary.has(code)) return room.isLive && ageMs > passedMs;
  if (ageMs > forgottenMs) return true;
  if (code === 'no_active_device' || code === 'device_not_found') return playback.status === 'playing';
  return code === 'playback_restricted' && playback.playId !== failure.playId;
}
