import { z } from 'zod';

const spotifyRight = z.enum(['playlists', 'saving']);

/** A feature that needs more of the host's account than a room does: reading playlists, or saving one (HT5). */
export type SpotifyRight = z.infer<typeof spotifyRight>;

/** The query of `GET /api/spotify/authorize`. The address is a plain link: what is not understood counts as absent. */
export const authorizeInput = z.object({
  returnTo: z.string().optional(),
  /** `another` lets the host choose another account at Spotify. */
  account: z.literal('another').optional().catch(undefined),
  for: spotifyRight.optional().catch(undefined),
});

/** The query of `POST /api/spotify/refresh`; `1` refreshes also when the token is still good. */
export const refreshInput = z.object({ force: z.literal('1').optional().catch(undefined) });

/** The answer of `POST /api/spotify/refresh`. */
export interface RefreshResponse {
  /** ISO 8601, UTC: the end of the access token. */
  readonly expiresAt: string;
}

/** The body of `PUT /api/spotify/app`. */
export const ownAppInput = z.object({
  clientId: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, 'A client id has 32 digits: numbers, and letters from a to f.')
    .toLowerCase(),
});

/** Whose Spotify app the requester uses, and whose they might: the answer of `GET` and `PUT /api/spotify/app`. */
export interface OwnAppResponse {
  /** The host's own; null where there is none, or where none is wanted. */
  readonly own: { readonly clientId: string } | null;
  /** Whether this deployment has an app itself. */
  readonly operator: boolean;
  /** Whether hosts may bring theirs. */
  readonly allowed: boolean;
  /** What to register with an app. */
  readonly redirectUri: string;
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
export type LoginOutcome = 'connected' | 'denied' | 'expired' | 'other_browser' | 'not_allowed' | 'failed';

/**
 * What `not_allowed` covers: the account is not on the app's allow list, or the app's owner has no Premium; and what of `failed` no try will mend: Spotify
 * does not know the app by its id and secret. Of a host's own app each of them is something that the host can mend.
 */
export type LoginRefusal =
  | 'account_not_allowed'
  | 'owner_not_premium'
  | 'app_refused'
  | 'own_app_not_allowed'
  | 'own_app_not_premium'
  | 'own_app_refused';

/** How a login ended, as pages say it: finer than the address names it. */
export type ShownLoginOutcome = LoginOutcome | Exclude<LoginRefusal, 'account_not_allowed'>;
