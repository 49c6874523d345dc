import { z } from 'zod';
import type { ErrorCode } from './errors';
import type { Track } from './snapshot';
import { isSpotifyLink } from '@/lib/shared/rules/track-uri';

/** Spotify returns no results beyond this offset. */
export const lastSearchOffset = 990;

/** The query of `GET …/search`: words, or a link, which may be as long as one that is added. */
export const searchInput = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => text.length <= 100 || isSpotifyLink(text), 'Too many words.'),
  offset: z.coerce.number().int().min(0).max(lastSearchOffset).default(0),
});
export type SearchInput = z.infer<typeof searchInput>;

/** A song that a search found. */
export interface FoundSong extends Track {
  /** Why it could not be added now; absent when it could. */
  readonly refusal?: {
    readonly code: ErrorCode;
    /** A sentence for people. */
    readonly detail: string;
  };
}

/** The answer of `GET …/search`. */
export interface SearchResponse {
  readonly tracks: readonly FoundSong[];
  /** Where the next page begins; absent after the last one. */
  readonly nextOffset?: number;
}
