import type { Playback } from '@/lib/shared/contract/snapshot';
import { type PositionFacts, positionAt, positionFacts } from '@/lib/client/playback-clock';

/** What a command will bring, as far as it concerns the song. */
export interface PlaybackChange {
  readonly playing?: boolean;
  /** Where the song is moved to. */
  readonly positionMs?: number;
}

/** A position that is confirmed within so much, in ms, was right: the rest is the latency of the request. */
const lagMs = 1_500;

/**
 * The song as a command will leave it: it stands or runs from where it is at this moment, not from where it was measured last.
 *
 * @param clockOffsetMs how far the server's clock is ahead of this device's
 */
export function changePlayback(
  song: PositionFacts | null,
  change: PlaybackChange,
  clockOffsetMs: number,
  nowMs: number,
): PositionFacts | null {
  if (song === null || (change.playing === undefined && change.positionMs === undefined)) return song;
  return {
    ...song,
    status: change.playing === undefined ? song.status : change.playing ? 'playing' : 'paused',
    positionMs: change.positionMs ?? positionAt(song, clockOffsetMs, nowMs),
    measuredAt: new Date(nowMs + clockOffsetMs).toISOString(),
  };
}

function isSame(a: Playback, b: Playback): boolean {
  return (
    a.playId === b.playId &&
    a.status === b.status &&
    a.positionMs === b.positionMs &&
    a.measuredAt === b.measuredAt &&
    a.track?.durationMs === b.track?.durationMs
  );
}

/**
 * The song after a snapshot. One that confirms a command leaves the position as it is shown, so that it neither jumps nor runs back by the
 * latency of the request; so does one that has no news of the song. Any other is the truth.
 *
 * @param pressed whether what is shown is the outcome of a command that no snapshot has confirmed yet
 */
export function receivePlayback(
  shown: { readonly song: PositionFacts | null; readonly playback: Playback; readonly pressed: boolean },
  playback: Playback,
  clockOffsetMs: number,
  nowMs: number,
): PositionFacts | null {
  const told = positionFacts(playback);
  if (told === null || shown.song === null) return told;
  if (!shown.pressed) return isSame(shown.playback, playback) ? shown.song : told;
  const confirms =
    shown.playback.playId === playback.playId &&
    shown.song.status === told.status &&
    Math.abs(positionAt(shown.song, clockOffsetMs, nowMs) - positionAt(told, clockOffsetMs, nowMs)) <= lagMs;
  return confirms ? shown.song : told;
}
