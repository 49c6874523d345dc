import { z } from 'zod';
import { nameField } from './name-field';
import { isSpotifyLink } from '@/lib/shared/rules/track-uri';

/** The body of `POST …/queue`. Long enough for a link with everything that sharing adds to it. */
export const addSongInput = z.object({ uri: z.string().max(500) });

/** Spotify finds no more than this far into what fits. */
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

/** The body of `PUT …/queue/ID/vote`; 0 takes the vote back. */
export const queueVoteInput = z.object({ value: z.union([z.literal(1), z.literal(-1), z.literal(0)]) });

/** The body of `POST …/queue/ID/move`; null for the end. */
export const moveInput = z.object({ beforeId: z.string().max(64).nullable() });

/** The query of `DELETE …/members/ID`. */
export const removeMemberInput = z.object({ songs: z.enum(['keep', 'remove']).default('keep') });

/** The body of `PATCH …/members/ID`. */
export const memberRightsInput = z.object({ coHost: z.boolean().optional(), trusted: z.boolean().optional() });
export type MemberRightsInput = z.infer<typeof memberRightsInput>;

/** The body of `POST …/blocks`: a song of the room by its URI, or an artist by name. */
export const blockInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('song'), uri: z.string().max(500) }),
  z.object({ kind: z.literal('artist'), name: nameField({ min: 1, max: 200 }) }),
]);
export type BlockInput = z.infer<typeof blockInput>;

const playlistId = z.string().regex(/^[0-9A-Za-z]{22}$/, 'Not the id of a playlist.');

/** The body of `PUT …/fallback`; null lets Spotify go on. */
export const fallbackInput = z.object({ playlistId: playlistId.nullable() });

/** The body of `PUT …/sources`; empty for any song. */
export const sourcesInput = z.object({ playlistIds: z.array(playlistId).max(5) });

/** The body of `POST …/history/playlist`. */
export const savePlaylistInput = z.object({ name: z.string().trim().min(1).max(100).optional() });

/** A vote for or against a song; 0 is none. */
export type SongVote = 1 | -1 | 0;
