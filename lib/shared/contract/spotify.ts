/** One of the host's Spotify devices, as `GET /api/rooms/CODE/devices` lists it; only hosts ever see the id. */
export interface DeviceDto {
  /** Null on some restricted speakers. */
  readonly id: string | null;
  readonly name: string;
  readonly type: string;
  readonly isActive: boolean;
  /** True: the device takes no commands from apps. */
  readonly isRestricted: boolean;
  readonly volumePercent: number | null;
  readonly supportsVolume: boolean;
}

/** The answer to a vote. */
export interface VoteTally {
  readonly votes: number;
  readonly required: number;
  /** This song is being skipped, by this vote or an earlier one. */
  readonly skipped: boolean;
}

/** The answer of `GET /api/spotify/status`. */
export interface SpotifyConnection {
  readonly authenticated: boolean;
  /** ISO 8601, UTC: the end of the access token. */
  readonly expiresAt?: string;
  /** ISO 8601, UTC: six calendar months after the login; Spotify asks for a new one then. */
  readonly reconnectBy?: string;
  readonly account?: { readonly displayName: string };
  readonly scopes?: readonly string[];
}

/** How a login ended, as the page that the browser comes back to reads it from `?spotify=`. */
export type LoginOutcome = 'connected' | 'denied' | 'expired' | 'not_allowed' | 'failed';
