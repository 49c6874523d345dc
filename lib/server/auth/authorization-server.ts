import 'server-only';
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { getEnv } from '@/lib/server/runtime/env';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { unlessSaidLately } from '@/lib/server/runtime/repeats';
import { boundedFetch } from '@/lib/server/spotify/bounded-fetch';
import { toRateLimit } from '@/lib/server/spotify/error-mapping';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { type Provider, providerOf } from './provider';

/** Milliseconds a token request may take; longer than a read, because giving up early may lose a rotated token. */
export const tokenTimeoutMs = 10_000;

/** Seconds an access token may be said to live; Spotify says 3600. */
const maxTokenSeconds = 86_400;

export interface TokenAnswer {
  readonly accessToken: string;
  /** Null: keep the one there is (RFC 6749 section 6). */
  readonly refreshToken: string | null;
  readonly scope: string | null;
  readonly expiresInSeconds: number;
  /** How long the request took, in seconds; the token's life is counted from its start (OA-10). */
  readonly tookSeconds: number;
}

function describe({ accountsUrl, authorizeUrl, clientId, clientSecret, gate }: Provider) {
  const server: oauth.AuthorizationServer = {
    issuer: accountsUrl,
    authorization_endpoint: authorizeUrl,
    token_endpoint: `${accountsUrl}/api/token`,
  };
  const client: oauth.Client = { client_id: clientId };
  const options: oauth.TokenEndpointRequestOptions = {
    // Only the environment can name such an address, and it refuses plain http elsewhere than on this machine.
    [oauth.allowInsecureRequests]: accountsUrl.startsWith('http://'),
    [oauth.customFetch]: async (url, { method, headers, body }) => {
      // Both doors keep a block, and a request in between would prolong it (WT11).
      await gate.enterToken();
      const answer = await boundedFetch(url, { method, headers, body: body?.toString() ?? null }, tokenTimeoutMs);
      if (answer.status === 429) {
        const seconds = toRateLimit(answer, new Date()).retryAfterSeconds ?? 0;
        await gate.block('rate_limit', seconds, 'token');
        throw new SpotifyError('rate_limited', { status: 429, retryAfterSeconds: seconds });
      }
      return new Response(answer.text === '' ? null : answer.text, { status: answer.status, headers: answer.headers });
    },
  };
  return { server, client, authentication: oauth.ClientSecretBasic(clientSecret), options };
}

/** The one redirect URI, equal in both requests and taken from nowhere but the configuration (OA-06). */
export function redirectUri(): string {
  return `${getEnv().appUrl}/api/spotify/callback`;
}

export interface AuthorizationRequest {
  readonly url: string;
  readonly state: string;
  readonly verifier: string;
}

/**
 * Begins an authorization request with a fresh state and S256 verifier of 256 bits each.
 *
 * @param world where it goes; null for Spotify
 * @param showDialog whether Spotify asks although the account has agreed before
 * @see RFC 6749 section 4.1.1, RFC 7636 section 4.3
 */
export async function createAuthorizationRequest(
  world: string | null,
  scopes: readonly string[],
  showDialog: boolean,
): Promise<AuthorizationRequest> {
  const { server, client } = describe(providerOf(world));
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri(),
    scope: scopes.join(' '),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(showDialog ? { show_dialog: 'true' } : {}),
  }).toString();
  return { url: url.href, state, verifier };
}

const answerBounds = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  // Stored as it is: one that is none (RFC 6749 section 3.3) counts as not named.
  scope: z
    .string()
    .regex(/^[\x20-\x7e]*$/)
    .optional()
    .catch(undefined),
  expires_in: z.int().positive().max(maxTokenSeconds),
});

/** What whoever runs this site has to mend; every room's next refresh meets it again. */
function logRefusal(status: number, invalidClient: boolean): void {
  const news = unlessSaidLately(`spotify.token_request_refused ${status} ${invalidClient}`);
  if (news !== null) log.error('spotify.token_request_refused', { status, invalidClient, ...news });
}

/** A token request that failed, reduced to what its caller must do. */
function toTokenError(error: unknown): SpotifyError {
  if (error instanceof SpotifyError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    // Decided on `error` alone: descriptions may be missing and are never shown or logged.
    if (error.error === 'invalid_grant') return new SpotifyError('grant_ended', { status: error.status });
    const invalidClient = error.error === 'invalid_client';
    logRefusal(error.status, invalidClient);
    return new SpotifyError(invalidClient ? 'app_refused' : 'server_error', { status: error.status });
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError && error.status === 401) {
    logRefusal(error.status, true);
    return new SpotifyError('app_refused', { status: error.status });
  }
  log.info('spotify.token_answer_unreadable', describeError(error));
  return new SpotifyError('invalid_response', { cause: error });
}

async function requestToken(
  world: string | null,
  send: (provided: ReturnType<typeof describe>) => Promise<Response>,
  read: (provided: ReturnType<typeof describe>, response: Response) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenAnswer> {
  const provided = describe(providerOf(world));
  const startedMs = performance.now();
  try {
    const answer = answerBounds.parse(await read(provided, await send(provided)));
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      scope: answer.scope ?? null,
      expiresInSeconds: answer.expires_in,
      tookSeconds: (performance.now() - startedMs) / 1_000,
    };
  } catch (error) {
    throw toTokenError(error);
  }
}

/** What a callback brought, and what the login began with. */
export interface Callback {
  readonly code: string;
  readonly state: string;
  readonly verifier: string;
}

/**
 * Exchanges the code of a callback whose state has been checked.
 *
 * @param world where the login went; null for Spotify
 * @throws {SpotifyError} `grant_ended` when the code or verifier is refused; otherwise a passing failure
 * @see RFC 6749 section 4.1.3
 */
export function exchangeCode(world: string | null, { code, state, verifier }: Callback): Promise<TokenAnswer> {
  return requestToken(
    world,
    ({ server, client, authentication, options }) => {
      const callback = oauth.validateAuthResponse(server, client, new URLSearchParams({ code, state }), state);
      return oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        callback,
        redirectUri(),
        verifier,
        options,
      );
    },
    ({ server, client }, response) => oauth.processAuthorizationCodeResponse(server, client, response),
  );
}

/**
 * Asks for a new access token.
 *
 * @param world where the grant is from; null for Spotify
 * @throws {SpotifyError} `grant_ended` when Spotify refuses the refresh token for good; otherwise a passing failure
 * @see RFC 6749 section 6
 */
export function requestRefresh(world: string | null, refreshToken: string): Promise<TokenAnswer> {
  return requestToken(
    world,
    ({ server, client, authentication, options }) =>
      oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
    ({ server, client }, response) => oauth.processRefreshTokenResponse(server, client, response),
  );
}
