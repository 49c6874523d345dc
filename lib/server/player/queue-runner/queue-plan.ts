import 'server-only';
import type { SubmissionRow } from '@/lib/server/db/submissions';
import { isBinding } from '@/lib/server/player/state/expectation';
import { isSilent, type PlayerView } from '@/lib/server/player/state/player-view';
import { isDeaf } from '@/lib/server/player/state/deaf-device';
import { handOverAt, startOverAt } from '@/lib/server/player/state/lead';
import { liveSubmission, type PlayerState } from '@/lib/server/player/state/player-state';
import { timings } from '@/lib/server/player/state/timings';
import { missesToBelieve } from './judge';

/** What a room's queue asks of its player next, and when, in ms since the epoch; a time in the past means now. */
export type QueuePlan =
  /** Submit the first song to Spotify's queue (FD1). */
  | { readonly kind: 'submit'; readonly at: number }
  /** Start the first song: nothing plays (FD6). */
  | { readonly kind: 'start'; readonly at: number }
  /** Start the first song in place of what Spotify would play next: it did not get into Spotify's queue (FD13). */
  | { readonly kind: 'start_over'; readonly at: number }
  /** Start the host's playlist where it left off: nothing plays (FD6). */
  | { readonly kind: 'start_fallback'; readonly at: number }
  /** Start the host's playlist, just chosen, in place of what Spotify would play next (FD6). */
  | { readonly kind: 'take_over'; readonly at: number }
  /** Check whether Spotify has what was submitted (FD2, FD5). */
  | { readonly kind: 'verify'; readonly at: number; readonly submission: SubmissionRow }
  /** Skip what plays: nobody wants it (FD7). */
  | { readonly kind: 'skip_unwanted'; readonly at: number }
  /** Look whether votes that waited skip what plays (SV10). */
  | { readonly kind: 'count_votes'; readonly at: number };

/** Whether another play has begun since the submission, and Spotify's queue was not read since. */
function wasPassed(submission: SubmissionRow, { playId }: PlayerState): boolean {
  return submission.playId !== playId && submission.checkedPlayId !== playId;
}

function planVerification(submission: SubmissionRow, state: PlayerState, now: number): QueuePlan | null {
  const { verifyMs } = timings;
  const last = verifyMs.at(-1) ?? 0;
  const wait = verifyMs[submission.misses] ?? last;
  const soon: QueuePlan = { kind: 'verify', at: now - submission.ageMs + wait, submission };
  if (!submission.confirmed || submission.kind === 'start') return soon;
  if (wasPassed(submission, state) || isSilent(state.view)) {
    return { kind: 'verify', at: now, submission };
  }
  // That Spotify took it says nothing yet. Where its queue tells nothing at all, the change of song will.
  const mayBeSeen = submission.checkedPlayId === null && submission.misses < missesToBelieve;
  return mayBeSeen ? soon : null;
}

/** How long silence counts as one that a song, just added, is to end, where the music did not run out by itself. */
const freshSongMs = 120_000;

function planSilence(state: PlayerState, notBefore: number): QueuePlan | null {
  const { ranOut } = state.view;
  if (state.songsWait) {
    // A player that went away is not called back for old songs: the host may have closed it.
    const wanted = ranOut || (state.newestSongMs ?? Infinity) < freshSongMs;
    return wanted ? { kind: 'start', at: notBefore } : null;
  }
  return ranOut && state.fallbackUri !== null ? { kind: 'start_fallback', at: notBefore } : null;
}

/** Something was started a moment ago, and the reads that show it are to come: until then what was seen last says nothing. */
function isStarting({ expectation }: PlayerState, now: number): boolean {
  return expectation?.status === 'playing' && isBinding(expectation, now);
}

/** The host chose a playlist, and it has not begun. Once it has, what the host plays instead is the host's to say. */
function wantsPlaylist({ fallbackUri, fallbackPlayed }: PlayerState, view: PlayerView): boolean {
  return fallbackUri !== null && fallbackPlayed === 0 && view.contextUri !== fallbackUri;
}

/** How the first song follows what plays: by Spotify's queue, or by being started where that does not work (FD1, FD13). */
function planSong(state: PlayerState, submitAt: number, notBefore: number, now: number): QueuePlan {
  if (!isDeaf(state, now)) return { kind: 'submit', at: Math.max(notBefore, submitAt) };
  const startAt = (startOverAt(state.view, state.earlyEnds) ?? now) - timings.beforeEndMs;
  return { kind: 'start_over', at: startAt > now ? startAt : notBefore };
}

/**
 * What a room's queue, and votes that wait, ask of its player next; null for nothing until something changes. A pure function of what is
 * stored.
 *
 * @param retryAt when something that failed may be tried again, in ms since the epoch; null after nothing failed
 */
export function planQueue(state: PlayerState, retryAt: number | null, now: number): QueuePlan | null {
  const plan = planSongs(state, retryAt, now);
  const { nextVoteMs, skipState, view } = state;
  if (nextVoteMs === null || skipState !== null || view.track === null) return plan;
  const votesAt = Math.max(now, now + nextVoteMs);
  return plan !== null && plan.at < votesAt ? plan : { kind: 'count_votes', at: votesAt };
}

function planSongs(state: PlayerState, retryAt: number | null, now: number): QueuePlan | null {
  const { view } = state;
  const notBefore = Math.max(now, retryAt ?? now);
  if (state.unwanted && state.skipState === null && view.track !== null)
    return { kind: 'skip_unwanted', at: notBefore };
  const live = liveSubmission(state);
  if (live !== null) {
    const check = planVerification(live, state, now);
    return check === null ? null : { ...check, at: Math.max(check.at, retryAt ?? 0) };
  }
  if (isStarting(state, now)) return null;
  if (isSilent(view)) return planSilence(state, notBefore);
  const submitAt = handOverAt(view, state.earlyEnds);
  if (submitAt === null) return null;
  if (state.songsWait) return planSong(state, submitAt, notBefore, now);
  if (!wantsPlaylist(state, view)) return null;
  return { kind: 'take_over', at: Math.max(notBefore, startOverAt(view, state.earlyEnds) ?? 0) };
}
