import { createHash } from 'node:crypto';
import { type Answer, type Call, json } from '@/simulator/http/call';
import type { TokenChanges } from '@/simulator/world/rules';
import type { App } from '@/simulator/world/apps';
import type { World } from '@/simulator/world/world';
import { checkClient, type KnownClient, sameSecret } from './client-credentials';
import { codeLifeMs, type Grant } from '@/simulator/world/grant-store';

/** Names of the token endpoint's errors. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
type TokenErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** An error in the flat shape of OAuth. */
export function tokenError(error: TokenErrorCode, description: string, status = 400): Answer {
  return json(status, { error, error_description: description }, noStore);
}

/**
 * `POST /api/token`: exchanges a code, or refreshes.
 *
 * @see https://developer.spotify.com/documentation/web-api/tutorials/code-flow
 */
export function answerToken(world: World, call: Call, changes: TokenChanges): Answer {
  const contentType = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/x-www-form-urlencoded') {
    return tokenError('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  }
  const form = new URLSearchParams(call.body);
  const client = checkClient(call, form, (clientId) => world.apps.find(clientId));
  if (client.kind === 'refused') return tokenError('invalid_client', client.description);
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(world, form, client, changes);
    case 'refresh_token':
      return refresh(world, form, client.app, changes);
    case null:
      return tokenError('unsupported_grant_type', 'grant_type parameter is missing');
    default:
      return tokenError(
        'unsupported_grant_type',
        'grant_type must be client_credentials, authorization_code or refresh_token',
      );
  }
}

function exchangeCode(world: World, form: URLSearchParams, { app, kind }: KnownClient, changes: TokenChanges): Answer {
  const code = form.get('code');
  if (code === null || code === '') return tokenError('invalid_request', 'code must be supplied');
  const redirectUri = form.get('redirect_uri');
  if (redirectUri === null) return tokenError('invalid_request', 'redirect_uri must be supplied');
  const pending = world.grants.takeCode(code);
  if (pending === undefined || pending.app !== app.key)
    return tokenError('invalid_grant', 'Invalid authorization code');
  const now = world.clock.now('tokens');
  if (now >= pending.issuedAt + codeLifeMs) return tokenError('invalid_grant', 'Authorization code expired');
  if (redirectUri !== pending.redirectUri) return tokenError('invalid_grant', 'Invalid redirect URI');
  if (kind === 'public' && pending.challenge === null) return tokenError('invalid_client', 'Invalid client');
  if (!verifierFits(form.get('code_verifier'), pending.challenge)) {
    return tokenError('invalid_grant', 'code_verifier was incorrect');
  }
  const scopes = changes.scopes ?? pending.scopes;
  const grant = world.grants.openGrant(pending.account, scopes, now, app.key);
  const refreshToken = changes.refreshToken === 'omit' ? null : world.grants.issueRefreshToken(grant);
  return tokenAnswer(world, grant, scopes, refreshToken, changes);
}

function refresh(world: World, form: URLSearchParams, app: App, changes: TokenChanges): Answer {
  const token = form.get('refresh_token');
  if (token === null || token === '') return tokenError('invalid_request', 'refresh_token must be supplied');
  const verdict = world.grants.checkRefreshToken(token, world.clock.now('tokens'));
  if (verdict.kind === 'refused') return tokenError('invalid_grant', verdict.description);
  const { grant } = verdict;
  if (grant.app !== app.key) return tokenError('invalid_grant', 'Invalid refresh token');
  const widened = world.settings.refreshWidensScope
    ? world.grants.approvedScopes(grant.app, grant.account)
    : grant.scopes;
  const scopes = changes.scopes ?? widened;
  const rotates = changes.refreshToken === undefined ? app.refreshMode === 'rotate' : changes.refreshToken === 'rotate';
  let next: string | null = null;
  if (rotates) {
    world.grants.retireRefreshToken(token);
    next = world.grants.issueRefreshToken(grant);
  }
  return tokenAnswer(world, grant, scopes, next, changes);
}

function tokenAnswer(
  world: World,
  grant: Grant,
  scopes: readonly string[],
  refreshToken: string | null,
  changes: TokenChanges,
): Answer {
  const lifeSeconds = world.settings.accessTokenLifeSeconds;
  const expiresAt = world.clock.now('tokens') + lifeSeconds * 1000;
  const answer: Record<string, unknown> = {
    access_token: world.grants.issueAccessToken(grant, scopes, expiresAt),
    token_type: 'Bearer',
    scope: scopes.join(' '),
    expires_in: lifeSeconds,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...changes.fields,
  };
  for (const name of changes.without ?? []) delete answer[name];
  world.changed();
  return json(200, answer, noStore);
}

function verifierFits(verifier: string | null, challenge: string | null): boolean {
  // A verifier for a login that sent no challenge is refused too: it means the challenge was lost on the way.
  if (challenge === null || verifier === null) return challenge === null && verifier === null;
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return sameSecret(createHash('sha256').update(verifier).digest('base64url'), challenge);
}
