import 'server-only';
import type { SongEnd } from '@/lib/server/db/plays';
import { type EarlyEnds, isMixed, longestMixMs, sliderMs, withEarlyEnd } from './lead';
import { type PlayerView, positionAt } from './player-view';
import type { PlayerState } from './player-state';

/** How a play ended. */
export interface PlayEnd {
  readonly how: SongEnd;
  /** What the room knows of its host's transitions from now on. */
  readonly earlyEnds: EarlyEnds;
}

/** When the next one began, in ms since the epoch: not before the last read, which still showed the one that was on. */
function begunAt({ view, secondsSinceRead }: PlayerState, next: PlayerView): number {
  const lastReadAt = secondsSinceRead === null ? 0 : next.measuredAtMs - secondsSinceRead * 1_000;
  return Math.max(next.measuredAtMs - next.positionMs, view.measuredAtMs, lastReadAt);
}

/** Whether nothing that is known of ended it: both play, from the same playlist, and no command of the room's is on its way. */
function endedByItself({ view, expectation }: PlayerState, next: PlayerView): boolean {
  const bothPlay = view.status === 'playing' && next.status === 'playing';
  return bothPlay && expectation === null && view.contextUri === next.contextUri;
}

/**
 * How the play that was on ended, by what was heard of it and by why it ended (FD3): the next song fades in up to 12 s before its end, and with *Mix* still
 * earlier. A pure function.
 *
 * @param before the room when the next one was not yet known
 * @param next what plays now
 */
export function endOfPlay(before: PlayerState, next: PlayerView): PlayEnd {
  const { view, earlyEnds } = before;
  if (before.skipState !== null || before.unwanted) return { how: 'skipped', earlyEnds };
  if (view.track === null || view.ranOut) return { how: view.wasLeft ? 'skipped' : 'played', earlyEnds };
  const { durationMs } = view.track;
  const changedAt = begunAt(before, next);
  const missingMs = durationMs - positionAt(view, changedAt);
  const isNearEnd = missingMs <= sliderMs;
  if (!endedByItself(before, next)) return { how: isNearEnd ? 'played' : 'skipped', earlyEnds };
  if (missingMs > longestMixMs || missingMs > durationMs / 2) {
    return { how: isNearEnd ? 'played' : 'skipped', earlyEnds };
  }
  const known = withEarlyEnd(earlyEnds, missingMs);
  return { how: isNearEnd || isMixed(known) ? 'played' : 'skipped', earlyEnds: known };
}
