import { z } from 'zod';
import { isVisible } from '@/lib/shared/rules/names';
import type { Track } from './snapshot';

/** A song that began to play in the room. */
export interface PlayedSong {
  readonly id: string;
  readonly track: Track;
  /** A member's id; null for a song that nobody here added. */
  readonly addedBy: string | null;
  readonly addedByName: string | null;
  /** ISO 8601, UTC: when it began. */
  readonly playedAt: string;
  readonly skipped: boolean;
}

/** The answer of `GET …/history`, newest first. */
export interface HistoryResponse {
  readonly played: readonly PlayedSong[];
}

/** The body of `POST …/history/playlist`. */
export const saveHistoryInput = z.object({
  name: z.string().trim().max(100).refine(isVisible, 'A name has to be visible.').optional(),
});

/** A playlist made of what was played. */
export interface SavedPlaylist {
  readonly name: string;
  /** Where it is on Spotify. */
  readonly url: string;
  readonly songs: number;
}

/** The answer of `POST …/history/playlist`. */
export interface SavedPlaylistResponse {
  readonly playlist: SavedPlaylist;
}
