import type { Library } from '@/simulator/catalogue/library';
import { earlyEndMs } from './early-end';
import { type PlayerState, positionAt } from './state';

/** How many upcoming items Spotify lists. */
export const upcomingLimit = 20;

/** How far back *previous* reaches under autoplay; without a bound the order would grow for as long as it plays. */
const rememberedByAutoplay = 50;

/** How many beginnings are remembered. */
const remembered = 100;

/** Starts an item at `at`; order and queue are the caller's. */
export function begin(state: PlayerState, item: string, at: number, positionMs = 0): PlayerState {
  return {
    ...state,
    item,
    positionMs,
    playing: true,
    anchoredAt: at,
    changedAt: at,
    adUntil: null,
    runsPastEnd: false,
    playsOut: false,
    begun: [...state.begun.slice(1 - remembered), { uri: item, at, stoppedAt: null }],
  };
}

/** Stops at the present position. */
export function stopAt(state: PlayerState, now: number): PlayerState {
  return stop(state, now, positionAt(state, now));
}

function stop(state: PlayerState, at: number, positionMs: number): PlayerState {
  const begun = state.begun.map((song, index) =>
    index === state.begun.length - 1 ? { ...song, stoppedAt: song.stoppedAt ?? at } : song,
  );
  return { ...state, playing: false, positionMs, anchoredAt: at, changedAt: at, begun };
}

/**
 * Moves to what follows the current item: queue, rest of the context, the context again when it repeats, autoplay;
 * else it stops at the beginning of the context.
 */
export function moveOn(state: PlayerState, library: Library, at: number): PlayerState {
  // Unplayable items are skipped silently.
  const place = state.queue.findIndex((uri) => library.isPlayable(uri));
  const queue = place < 0 ? [] : state.queue.slice(place + 1);
  const queued = state.queue[place];
  if (queued !== undefined) return begin({ ...state, queue, fromQueue: true }, queued, at);

  const wraps = state.repeat === 'context';
  for (let step = 1; step <= state.order.length; step += 1) {
    const index = state.index + step;
    if (index >= state.order.length && !wraps) break;
    const wrapped = index % state.order.length;
    const uri = state.order[wrapped];
    if (uri === undefined || !library.isPlayable(uri)) continue;
    return begin({ ...state, queue, index: wrapped, fromQueue: false }, uri, at);
  }
  if (state.autoplay && state.item !== null) {
    const uri = library.autoplayAfter(state.order.at(-1) ?? state.item);
    const order = [...state.order.slice(-rememberedByAutoplay), uri];
    return begin({ ...state, queue, order, index: order.length - 1, fromQueue: false }, uri, at);
  }
  const first = state.order[0] ?? state.item;
  return { ...stop(state, at, 0), queue, item: first, index: 0, fromQueue: false, adUntil: null };
}

/** What plays once the song that is on is over at `at`. */
function follow(state: PlayerState, library: Library, at: number): PlayerState {
  return state.repeat === 'track' && state.item !== null ? begin(state, state.item, at) : moveOn(state, library, at);
}

/** Where the next song fades in, a song is over that much earlier; one that nothing follows is heard to its end. */
export function trueEarlyEndMs(state: PlayerState, library: Library): number {
  const earlyMs = state.playsOut ? 0 : earlyEndMs(state, library);
  return earlyMs > 0 && follow(state, library, state.anchoredAt).playing ? earlyMs : 0;
}

/** Brings a state to `now`: every song that was over before is followed by the next, at the exact moment. */
export function advance(state: PlayerState, library: Library, now: number): PlayerState {
  let current = state;
  while (current.playing && current.item !== null && !current.runsPastEnd) {
    const endsAt = current.anchoredAt + library.durationMs(current.item) - current.positionMs;
    const earlyMs = current.playsOut ? 0 : earlyEndMs(current, library);
    // A seek into the fade lets it begin at once.
    const leavesAt = Math.max(endsAt - earlyMs, current.anchoredAt);
    if (now < leavesAt) break;
    const isHeardOut = earlyMs > 0 && trueEarlyEndMs(current, library) === 0;
    current = isHeardOut ? { ...current, playsOut: true } : follow(current, library, leavesAt);
  }
  if (current.adUntil !== null && now >= current.adUntil) {
    current = { ...current, changedAt: current.adUntil, adUntil: null };
  }
  return current;
}

/** The next items as Spotify lists them: queue first, then context or autoplay, with nothing to tell them apart. */
export function upcoming(state: PlayerState, library: Library): readonly string[] {
  const list = [...state.queue];
  if (state.item === null) return list.slice(0, upcomingLimit);
  const rest = state.order.slice(state.index + 1);
  list.push(...rest.filter((uri) => library.isPlayable(uri)));
  const playable = state.order.filter((uri) => library.isPlayable(uri));
  while (list.length < upcomingLimit && state.repeat !== 'off' && playable.length > 0) list.push(...playable);
  let last = state.order.at(-1) ?? state.item;
  while (list.length < upcomingLimit && state.autoplay) {
    last = library.autoplayAfter(last);
    list.push(last);
  }
  return list.slice(0, upcomingLimit);
}
