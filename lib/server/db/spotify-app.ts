import 'server-only';

/** Which app a login goes through and a grant is of: the deployment's, where both are null; a host's own; or the one that a world of the stand-in knows. */
export interface SpotifyApp {
  /** The world of the stand-in that it is of; null for Spotify. */
  readonly world: string | null;
  /** The client id of a host's own app; null for every other. */
  readonly clientId: string | null;
}
