import * as z from 'zod';
import { type PlayerState, positionAt } from './state';

/** Special modes of a player. */
export const playerModeInput = z.strictObject({
  autoplay: z.boolean().optional(),
  privateSession: z.enum(['off', 'nulls', 'no_content']).optional(),
  nullProgress: z.boolean().optional(),
  /** The device died: `is_playing` stays, the position runs past the end. */
  runsPastEnd: z.boolean().optional(),
  unknownItem: z.boolean().optional(),
  /** The slider in the host's Spotify app. */
  crossfadeMs: z.number().int().min(0).max(12_000).optional(),
  /** *Mix*, with how long before its end songs give way, by URI; others as the seed draws them. Null switches it off. */
  mix: z
    .strictObject({
      seed: z.number().int().default(0),
      earlyEnds: z.record(z.string(), z.number().int().min(0)).default({}),
    })
    .nullable()
    .optional(),
  /** An advert of this length begins now; 0 ends one. */
  adMs: z.number().int().min(0).optional(),
});

export type PlayerModeInput = z.input<typeof playerModeInput>;

/** Transitions as they are set from now on: what the song that is on has played stays played. */
function setTransitions(state: PlayerState, input: z.output<typeof playerModeInput>, now: number): PlayerState {
  const { crossfadeMs = state.crossfadeMs, mix = state.mix } = input;
  if (input.crossfadeMs === undefined && input.mix === undefined) return state;
  const set = { ...state, crossfadeMs, mix, playsOut: false };
  return state.adUntil === null ? { ...set, positionMs: positionAt(state, now), anchoredAt: now } : set;
}

/** Applies a private session, an advert and the other special modes. */
export function applyMode(state: PlayerState, input: z.output<typeof playerModeInput>, now: number): PlayerState {
  const { adMs, ...flags } = input;
  const changed: PlayerState = {
    ...setTransitions(state, input, now),
    autoplay: flags.autoplay ?? state.autoplay,
    privateSession: flags.privateSession ?? state.privateSession,
    nullProgress: flags.nullProgress ?? state.nullProgress,
    runsPastEnd: flags.runsPastEnd ?? state.runsPastEnd,
    unknownItem: flags.unknownItem ?? state.unknownItem,
  };
  if (adMs === undefined) return changed;
  // The song waits while the advert runs: its position counts on from the advert's end.
  const adUntil = now + adMs;
  return {
    ...changed,
    positionMs: positionAt(changed, now),
    anchoredAt: adUntil,
    changedAt: now,
    adUntil: adMs === 0 ? null : adUntil,
  };
}
