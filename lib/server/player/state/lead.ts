import 'server-only';
import { type PlayerView, predictedEnd } from './player-view';
import { timings } from './timings';

/** The longest crossfade that Spotify's slider allows, and a little, in ms: what comes within it is as likely as the end itself. */
export const sliderMs = 13_000;

/** The most that *Mix* is believed to leave out of a song, in ms; beyond that somebody left it. */
export const longestMixMs = 60_000;

/** Ends of songs that are remembered. */
const remembered = 6;

/** Of the last ends, how many are asked whether *Mix* is on. */
const asked = 3;

/** From Spotify's answer to the host's device, and what a read is off by, in ms. */
const roomMs = 3_000;

/** What is added for the songs that will give way even earlier, in ms: the more have been seen, the less. */
const unseenMs = 15_000;

/**
 * How long before their end the last songs gave way by themselves, in ms, the newest last: what a room has learnt of its host's transitions, of
 * which Spotify says nothing (FD12).
 */
export type EarlyEnds = readonly number[];

/** What is remembered once another song gave way. */
export function withEarlyEnd(known: EarlyEnds, earlyMs: number): EarlyEnds {
  return [...known, Math.round(earlyMs)].slice(-remembered);
}

const isLong = (earlyMs: number): boolean => earlyMs > sliderMs;

/**
 * Whether songs give way earlier than the slider lets them: most of the last three did. One alone, after others that did not, may have been left
 * by hand on the host's phone, which looks the same.
 */
export function isMixed(known: EarlyEnds): boolean {
  const last = known.slice(-asked);
  return last.filter(isLong).length * 2 > last.length;
}

/** How long before its end the song that plays is expected to give way, in ms. */
export function expectedEarlyEndMs(known: EarlyEnds): number {
  if (isMixed(known)) return Math.max(...known.filter(isLong));
  return known.findLast((earlyMs) => !isLong(earlyMs)) ?? 0;
}

/**
 * How long before the end of what plays the next song is handed over, in ms (FD12): just beyond the slider; longer where songs were seen to give way
 * early, twice in a row or by all that was seen.
 */
export function leadMs(known: EarlyEnds): number {
  if (isMixed(known)) {
    const long = known.filter(isLong);
    return Math.max(...long) + unseenMs / long.length + roomMs;
  }
  const short = known.filter((earlyMs) => !isLong(earlyMs)).slice(-2);
  return Math.max(sliderMs, (short.length === 0 ? 0 : Math.min(...short)) + roomMs);
}

/** When the song that plays is expected to give way, in ms since the epoch; null while nothing plays. */
export function expectedChange(view: PlayerView, known: EarlyEnds): number | null {
  const endsAt = predictedEnd(view);
  return endsAt === null ? null : endsAt - expectedEarlyEndMs(known);
}

/**
 * When something is started in place of what Spotify would play next, in ms since the epoch: at the end of what plays, and before the next song
 * fades in, where one is expected to; null while nothing plays (FD6, FD13).
 */
export function startOverAt(view: PlayerView, known: EarlyEnds): number | null {
  const endsAt = predictedEnd(view);
  const changeAt = expectedChange(view, known);
  if (endsAt === null || changeAt === null) return null;
  return changeAt < endsAt - timings.positionToleranceMs ? changeAt - timings.beforeFadeMs : endsAt;
}

/** When the song that plays has to be followed by one that was handed over, in ms since the epoch; null while nothing plays. */
export function handOverAt(view: PlayerView, known: EarlyEnds): number | null {
  const endsAt = predictedEnd(view);
  return endsAt === null ? null : endsAt - leadMs(known);
}
