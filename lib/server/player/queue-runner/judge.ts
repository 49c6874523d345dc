import 'server-only';
import { isSameRecording } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import type { SubmissionRow } from '@/lib/server/db/submissions';
import { leadMs } from '@/lib/server/player/state/lead';
import { isSilent } from '@/lib/server/player/state/player-view';
import { type PlayerState } from '@/lib/server/player/state/player-state';

/** What Spotify's queue says of a song that was submitted and not seen playing (FD2, FD5). */
export type Verdict =
  /** Spotify has it: it plays after what is before it. */
  | 'there'
  /** Not there in this read; reads lag behind, so another one follows. */
  | 'missed'
  /** Spotify does not have it: it waits again. */
  | 'lost'
  /** Spotify has it, but nothing plays: it waits again, and that copy is not wanted any more. */
  | 'stuck'
  /** Spotify took it, and its queue never held it: it waits again, and is not queued on that device (FD13). */
  | 'ignored'
  /** The player has passed it before its end. */
  | 'skipped'
  /** The player has passed it, and had the time to play it. */
  | 'played';

/** Reads that must not find it before it counts as gone. */
export const missesToBelieve = 2;

/** In what time a song may be over that nobody left: the next one fades in before its end, and half of it is heard in any case. */
function shortestPlayMs({ durationMs }: Track, { earlyEnds }: PlayerState): number {
  return Math.max(durationMs / 2, durationMs - leadMs(earlyEnds));
}

/** Whether nothing but Spotify's word says that it was ever queued, although it was to be there, or to have begun. */
function wasIgnored({ kind, checkedPlayId }: SubmissionRow, { view }: PlayerState): boolean {
  return kind === 'queue' && checkedPlayId === null && (!isSilent(view) || view.ranOut);
}

/**
 * Decides about a submission. A pure function.
 *
 * @param state as it is after the player was read once more: the song does not play
 * @param queue what Spotify says it will play next
 * @param now ms since the epoch
 */
export function judge(submission: SubmissionRow, state: PlayerState, queue: readonly Track[], now: number): Verdict {
  const { view } = state;
  const silent = isSilent(view);
  if (queue.some((track) => isSameRecording(track, submission.track))) {
    return silent ? 'stuck' : 'there';
  }
  // A queue that is empty while something plays is one that the device does not tell: the change of song will.
  const tellsNothing = queue.length === 0 && !silent && submission.confirmed && submission.playId === state.playId;
  if (submission.misses + 1 < missesToBelieve || tellsNothing) return 'missed';
  // Never known to have arrived, or another device or playlist replaced the queue.
  const replaced = state.deviceId !== submission.deviceId || view.contextUri !== submission.contextUri;
  if (!submission.confirmed || (replaced && !silent)) return 'lost';
  // It had the time to play to its end while no watcher read, also where nothing followed it.
  if (now - submission.dueAtMs >= shortestPlayMs(submission.track, state)) return 'played';
  if (wasIgnored(submission, state)) return 'ignored';
  const mayStillCome = submission.kind === 'start' || silent || submission.playId === state.playId;
  return mayStillCome ? 'lost' : 'skipped';
}
