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
  /** An advert of this length begins now; 0 ends one. */
  adMs: z.number().int().min(0).optional(),
});

export type PlayerModeInput = z.infer<typeof playerModeInput>;

/** Applies a private session, an advert and the other special modes. */
export function applyMode(state: PlayerState, input: PlayerModeInput, now: number): PlayerState {
  const { adMs, ...flags } = input;
  const changed: PlayerState = {
    ...state,
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
