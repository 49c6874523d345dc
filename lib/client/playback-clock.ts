import type { Playback, PlaybackStatus } from '@/lib/shared/contract/snapshot';

/** What the position of a song follows from. */
export interface PositionFacts {
  readonly status: PlaybackStatus;
  readonly positionMs: number;
  readonly measuredAt: string;
  readonly durationMs: number;
}

/** The facts of a playback; null when there is no song. */
export function positionFacts(playback: Playback): PositionFacts | null {
  const { status, track, positionMs, measuredAt } = playback;
  return track === null ? null : { status, positionMs, measuredAt, durationMs: track.durationMs };
}

/**
 * Where the song is at a moment of this device's clock.
 *
 * @param clockOffsetMs how far the server's clock is ahead of this device's
 */
export function positionAt(facts: PositionFacts, clockOffsetMs: number, nowMs: number): number {
  const ran = facts.status === 'playing' ? Math.max(0, nowMs + clockOffsetMs - Date.parse(facts.measuredAt)) : 0;
  return Math.min(facts.durationMs, facts.positionMs + ran);
}

/** A time as people write it: 3:07, or 1:02:45 from an hour on. */
export function formatTime(ms: number): string {
  const total = Math.floor(ms / 1_000);
  const [hours, minutes, seconds] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
