import { z } from 'zod';
import { idParams } from './path-params';

/** The path of `…/blocks/ID`. */
export const blockParams = idParams('block_not_found');

/** An artist as Spotify writes them, whatever a person may be called here: everybody whom Spotify names can be blocked. */
const artistName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Control characters are not allowed in a name.');

/** The body of `POST …/blocks`: a song of the room by its URI, or an artist by name. */
export const blockInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('song'), uri: z.string().max(500) }),
  z.object({ kind: z.literal('artist'), name: artistName }),
]);
export type BlockInput = z.infer<typeof blockInput>;

/** A song or an artist that is not wanted in the room. */
export interface BlockDto {
  readonly id: string;
  readonly kind: 'song' | 'artist';
  readonly name: string;
}

/** The answer of `GET …/blocks`. */
export interface BlocksResponse {
  readonly blocks: readonly BlockDto[];
}

/** The answer of `POST …/blocks`. */
export interface BlockResponse {
  readonly block: BlockDto;
  /** Waiting songs that it took out. */
  readonly removed: number;
}
