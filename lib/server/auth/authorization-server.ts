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
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import type { Gate } from './call-budget';
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

function describe({ accountsUrl, authorizeUrl, clientId, clientSecret }: Provider, gate: Gate) {
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
  // Without a secret the client id goes into the body, and PKCE says who asks (RFC 7636).
  const authentication = clientSecret === null ? oauth.None() : oauth.ClientSecretBasic(clientSecret);
  return { server, client, authentication, options };
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
 * @param app that asks
 * @param showDialog whether Spotify asks although the account has agreed before
 * @see RFC 6749 section 4.1.1, RFC 7636 section 4.3
 */
export async function createAuthorizationRequest(
  app: SpotifyApp,
  scopes: readonly string[],
  showDialog: boolean,
): Promise<AuthorizationRequest> {
  const provider = providerOf(app);
  const { server, client } = describe(provider, provider.loginGate);
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

/** What whoever runs this site has to mend; every room's next refresh meets it again. Of a host's own app they can mend nothing. */
function refuseToken(status: number, invalidClient: boolean, ownApp: boolean): SpotifyError {
  if (invalidClient && ownApp) {
    log.info('spotify.own_app_refused', { status });
    return new SpotifyError('own_app_refused', { status });
  }
  const news = unlessSaidLately(`spotify.token_request_refused ${status} ${invalidClient}`);
  if (news !== null) log.error('spotify.token_request_refused', { status, invalidClient, ...news });
  return new SpotifyError(invalidClient ? 'app_refused' : 'server_error', { status });
}

/** A token request that failed, reduced to what its caller must do. */
function toTokenError(error: unknown, { clientSecret }: Provider): SpotifyError {
  if (error instanceof SpotifyError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    // Decided on `error` alone: descriptions may be missing and are never shown or logged.
    if (error.error === 'invalid_grant') return new SpotifyError('grant_ended', { status: error.status });
    const invalidClient = error.error === 'invalid_client';
    return refuseToken(error.status, invalidClient, clientSecret === null);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError && error.status === 401) {
    return refuseToken(error.status, true, clientSecret === null);
  }
  log.info('spotify.token_answer_unreadable', describeError(error));
  return new SpotifyError('invalid_response', { cause: error });
}

async function requestToken(
  provider: Provider,
  gate: Gate,
  send: (provided: ReturnType<typeof describe>) => Promise<Response>,
  read: (provided: ReturnType<typeof describe>, response: Response) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenAnswer> {
  const provided = describe(provider, gate);
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
    throw toTokenError(error, provider);
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
 * @param app that the login went through
 * @throws {SpotifyError} `grant_ended` when the code or verifier is refused; otherwise a passing failure
 * @see RFC 6749 section 4.1.3
 */
export async function exchangeCode(app: SpotifyApp, { code, state, verifier }: Callback): Promise<TokenAnswer> {
  const provider = providerOf(app);
  return requestToken(
    provider,
    provider.loginGate,
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
 * @param app that the grant is of
 * @throws {SpotifyError} `grant_ended` when Spotify refuses the refresh token for good; otherwise a passing failure
 * @see RFC 6749 section 6
 */
export async function requestRefresh(app: SpotifyApp, refreshToken: string): Promise<TokenAnswer> {
  const provider = providerOf(app);
  return requestToken(
    provider,
    provider.gate,
    ({ server, client, authentication, options }) =>
      oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
    ({ server, client }, response) => oauth.processRefreshTokenResponse(server, client, response),
  );
}
