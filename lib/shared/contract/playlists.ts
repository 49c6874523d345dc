import { z } from 'zod';

const playlistId = z.string().regex(/^[0-9A-Za-z]{22}$/, 'Not the id of a playlist.');

/** The body of `PUT …/fallback`; null lets Spotify go on. */
export const fallbackInput = z.object({ playlistId: playlistId.nullable() });

/** The body of `PUT …/sources`; empty for any song. */
export const sourcesInput = z.object({ playlistIds: z.array(playlistId).max(5) });

/** A playlist in the host's library. */
export interface ListedPlaylist {
  readonly id: string;
  readonly name: string;
  /** Everything in it, songs or not. */
  readonly songs: number;
  /** False for one that the host follows: Spotify does not say what is in those. */
  readonly isOwn: boolean;
}

/** The answer of `GET …/playlists`. */
export interface PlaylistsResponse {
  readonly playlists: readonly ListedPlaylist[];
}
