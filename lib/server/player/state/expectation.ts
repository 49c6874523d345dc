import 'server-only';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { timings } from './timings';

/** What a command promised. Kept with the room, so that whichever instance watches can tell lag from truth (PB5). */
export interface Expectation {
  /** When the command went out, in ms since the epoch. */
  readonly at: number;
  readonly status?: 'playing' | 'paused';
  /** The position at `at`. */
  readonly positionMs?: number;
  readonly volumePercent?: number;
  readonly deviceId?: string;
  /** The track that should be left, by next, previous or a vote. */
  readonly leavesTrack?: string;
}

/** Spotify rounds volumes on some devices. */
const volumeTolerance = 2;

/** A seek is confirmed by a position this near, in ms. */
const seekToleranceMs = 2_000;

function positionConfirmed(expectation: Expectation, seen: SeenPlayback): boolean {
  if (expectation.positionMs === undefined) return true;
  if (seen.positionMs === null) return false;
  const ran = seen.status === 'playing' ? seen.measuredAtMs - expectation.at : 0;
  return Math.abs(seen.positionMs - (expectation.positionMs + ran)) <= seekToleranceMs;
}

/** Whether a look at the player shows what the command promised. */
export function isConfirmed(expectation: Expectation, seen: SeenPlayback): boolean {
  const { status, volumePercent, deviceId, leavesTrack } = expectation;
  if (status !== undefined && seen.status !== status) return false;
  if (deviceId !== undefined && seen.deviceId !== deviceId) return false;
  if (leavesTrack !== undefined && seen.track?.uri === leavesTrack) return false;
  const volume = seen.device?.volumePercent;
  if (volumePercent !== undefined && volume != null && Math.abs(volume - volumePercent) > volumeTolerance) return false;
  return positionConfirmed(expectation, seen);
}

/** Whether a promise still outweighs a look that contradicts it. */
export function isBinding(expectation: Expectation, measuredAtMs: number): boolean {
  return measuredAtMs < expectation.at + timings.expectationMs;
}
