import type { Account } from '@/simulator/world/accounts';
import type { AccessToken } from '@/simulator/world/grant-store';
import type { Answer, Call } from '@/simulator/http/call';
import { type PathParams, route, type Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError, notRegistered, ownerWithoutPremium, premiumRequired } from './errors';

/** A call of the Web API with the account it is for. */
export interface ApiCall extends Call {
  readonly world: World;
  readonly account: Account;
  readonly params: PathParams;
}

/** What a route requires. */
export interface Needs {
  /** All of these. */
  readonly scopes?: readonly string[];
  /** Any one of these. */
  readonly anyScope?: readonly string[];
  /** Reads of the player refuse a missing scope with 401, everything else with 403. */
  readonly missingScopeIs?: 401 | 403;
  readonly premium?: true;
}

export type ApiHandler = (call: ApiCall) => Answer;

/** The bearer token of a call, whether it is still valid or not. */
export function findToken(world: World, call: Call): AccessToken | undefined {
  const token = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : world.grants.findAccessToken(token);
}

/** A route of the Web API whose handler sees only calls that passed every check. */
export function apiRoute(declaration: string, world: World, needs: Needs, handler: ApiHandler): Route {
  return route(declaration, (call, params) => {
    const checked = checkCall(world, needs, call);
    return 'status' in checked ? checked : handler({ ...call, world, account: checked, params });
  });
}

/** The account that a call is for, or the refusal, in Spotify's order: token, allow list, Premium, scope. */
function checkCall(world: World, needs: Needs, call: Call): Account | Answer {
  if (call.headers.authorization === undefined) return apiError(401, 'No token provided');
  const token = findToken(world, call);
  const account = token === undefined ? undefined : world.accounts.get(token.account);
  if (token === undefined || account === undefined || token.killed) return apiError(401, 'Invalid access token');
  if (world.clock.now('tokens') >= token.expiresAt) return apiError(401, 'The access token expired');
  // Tokens of an app that was deleted run on until they end.
  const app = world.apps.of(token.app);
  if (app?.admits(account) === false) return notRegistered();
  if (app?.ownerHasPremium === false) return ownerWithoutPremium();
  const hasAll = (needs.scopes ?? []).every((scope) => token.scopes.includes(scope));
  const hasAny = needs.anyScope === undefined || needs.anyScope.some((scope) => token.scopes.includes(scope));
  if (!hasAll || !hasAny) {
    return needs.missingScopeIs === 401
      ? apiError(401, 'Permissions missing')
      : apiError(403, 'Insufficient client scope');
  }
  if (needs.premium === true && account.product !== 'premium') return premiumRequired();
  return account;
}
