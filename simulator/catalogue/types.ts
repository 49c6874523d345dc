/** An invented artist. */
export interface Artist {
  readonly id: string;
  readonly name: string;
}

/** An invented album. */
export interface Album {
  readonly id: string;
  readonly name: string;
  readonly artists: readonly Artist[];
  readonly kind: 'album' | 'single' | 'compilation';
  /** `2024`, `2024-05` or `2024-05-17`. */
  readonly releaseDate: string;
  readonly coverUrl: string;
  readonly trackUris: readonly string[];
}

/** A song of the catalogue. */
export interface Track {
  readonly kind: 'track';
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly durationMs: number;
  readonly explicit: boolean;
  readonly playable: boolean;
  readonly trackNumber: number;
  readonly isrc: string;
  readonly artists: readonly Artist[];
  readonly album: Album;
}

/** An invented podcast. */
export interface Show {
  readonly id: string;
  readonly name: string;
  readonly publisher: string;
  readonly description: string;
  readonly coverUrl: string;
  readonly episodeUris: readonly string[];
}

/** One part of a podcast. */
export interface Episode {
  readonly kind: 'episode';
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly durationMs: number;
  readonly explicit: boolean;
  readonly releaseDate: string;
  readonly show: Show;
}

/** A local file on the host's device: it has no id, and only that device can start it. */
export interface LocalFile {
  readonly kind: 'local';
  readonly uri: string;
  readonly name: string;
  readonly artistName: string;
  readonly albumName: string;
  readonly durationMs: number;
}

/** Anything a device can play. */
export type Playable = Track | Episode | LocalFile;
