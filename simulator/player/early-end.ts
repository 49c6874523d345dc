import { createHash } from 'node:crypto';
import type { Library } from '@/simulator/catalogue/library';
import type { PlayerState } from './state';

/** The earliest and the latest moment before its end at which *Mix* leaves a song that no test names, in ms. */
export const mixRangeMs = [20_000, 40_000] as const;

/** Where *Mix* leaves a song: the same for the same seed and song. */
function mixedEndMs(seed: number, uri: string): number {
  const [least, most] = mixRangeMs;
  const drawn = createHash('sha256').update(`${seed} ${uri}`).digest().readUInt32BE();
  return least + (drawn % (most - least + 1));
}

/**
 * How long before its end the song that is loaded gives way to the next one, in ms: by the crossfade of the account, or by *Mix*. Half of a
 * song is heard in any case. The Web API says nothing of it.
 */
export function earlyEndMs(state: PlayerState, library: Library): number {
  const { item, mix, crossfadeMs } = state;
  if (item === null) return 0;
  const wanted = mix === null ? crossfadeMs : (mix.earlyEnds[item] ?? mixedEndMs(mix.seed, item));
  return Math.min(wanted, Math.floor(library.durationMs(item) / 2));
}
