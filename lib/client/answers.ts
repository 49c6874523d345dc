import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { Track } from '@/lib/shared/contract/snapshot';

/** Why a song cannot be added now. */
export interface Refusal {
  readonly code: ErrorCode;
  /** A sentence for people. */
  readonly detail: string;
}

/** A song that a search found. */
export interface FoundSong extends Track {
  readonly refusal?: Refusal;
}

/** The answer of `GET …/search`. */
export interface SearchAnswer {
  readonly tracks: readonly FoundSong[];
  /** Where more results begin; absent when these were all. */
  readonly nextOffset?: number;
}

/** A song that was played in the room. */
export interface PlayedSong {
  readonly id: string;
  readonly track: Track;
  /** Null for songs that nobody here added. */
  readonly addedBy: string | null;
  readonly addedByName: string | null;
  /** ISO 8601, UTC. */
  readonly playedAt: string;
  readonly skipped: boolean;
}

/** One of the host's playlists. */
export interface PlaylistChoice {
  readonly id: string;
  readonly name: string;
  readonly songs: number;
  readonly isOwn: boolean;
}

/** A playlist made of what was played. */
export interface SavedPlaylist {
  readonly name: string;
  readonly url: string;
  readonly songs: number;
}

/** A song or an artist that the host does not want here. */
export interface Block {
  readonly id: string;
  readonly kind: 'song' | 'artist';
  readonly name: string;
}
