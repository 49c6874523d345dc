import { type Answer, type Call, seeOther } from '@/simulator/http/call';
import type { App } from '@/simulator/world/apps';
import type { World } from '@/simulator/world/world';
import { consentPage, invalidClientPage } from './consent-page';
import { checkRedirectUri } from './redirect-uris';
import { knownScopes, parseScopes } from './scopes';

interface AuthorizeRequest {
  readonly app: App;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly showDialog: boolean;
}

type Verdict =
  | { readonly kind: 'ok'; readonly request: AuthorizeRequest }
  | { readonly kind: 'answer'; readonly answer: Answer };

/**
 * `GET /authorize`: the consent page, or straight back for someone who is logged in and has agreed before.
 *
 * @see https://developer.spotify.com/documentation/web-api/tutorials/code-flow
 */
export function showConsent(world: World, call: Call): Answer {
  const verdict = readRequest(world, call.query);
  if (verdict.kind === 'answer') return verdict.answer;
  const { request } = verdict;
  const signedIn = world.accounts.get(readCookie(world, call) ?? '');
  if (
    signedIn !== undefined &&
    !request.showDialog &&
    world.grants.hasApproved(request.app.key, signedIn.key, request.scopes)
  ) {
    return sendBack(request, { code: issueCode(world, signedIn.key, request) });
  }
  return consentPage({
    accounts: [...world.accounts.values()],
    chosen: signedIn?.key ?? 'alex',
    action: `${world.options.basePath}/authorize`,
    scopes: request.scopes,
    request: call.query,
  });
}

/** `POST /authorize`: the consent form. It repeats the whole request, which is checked again. */
export function decideConsent(world: World, call: Call): Answer {
  const form = new URLSearchParams(call.body);
  const verdict = readRequest(world, form);
  if (verdict.kind === 'answer') return verdict.answer;
  const { request } = verdict;
  if (form.get('decision') !== 'agree') return sendBack(request, { error: 'access_denied' });
  const account = world.accounts.get(form.get('account') ?? '');
  if (account === undefined) return sendBack(request, { error: 'access_denied' });
  const code = issueCode(world, account.key, request);
  world.changed();
  return sendBack(request, { code }, { 'set-cookie': cookie(world, account.key) });
}

function issueCode(world: World, account: string, request: AuthorizeRequest): string {
  return world.grants.issueCode({
    app: request.app.key,
    account,
    scopes: request.scopes,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    issuedAt: world.clock.now('tokens'),
  });
}

const refuse = (message: string): Verdict => ({ kind: 'answer', answer: invalidClientPage(message) });

function readRequest(world: World, query: URLSearchParams): Verdict {
  const app = world.apps.find(query.get('client_id') ?? '');
  if (app === undefined) return refuse('Invalid client');
  const redirectUri = query.get('redirect_uri') ?? '';
  const uriVerdict = checkRedirectUri(redirectUri, app.redirectUris);
  if (uriVerdict !== 'ok') return refuse(uriVerdict);

  const state = query.get('state');
  const back = { redirectUri, state };
  const fail = (error: string): Verdict => ({ kind: 'answer', answer: sendBack(back, { error }) });
  const responseType = query.get('response_type');
  if (responseType === 'token') {
    const fragment = new URLSearchParams({ error: 'unsupported_response_type', ...(state === null ? {} : { state }) });
    return { kind: 'answer', answer: seeOther(`${redirectUri}#${fragment}`) };
  }
  if (responseType === null) return fail('invalid_request');
  if (responseType !== 'code') return fail('unsupported_response_type');
  const scopes = parseScopes(query.get('scope') ?? '');
  if (scopes.some((scope) => !knownScopes.has(scope))) return fail('invalid_scope');
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if ((challenge === null) !== (method === null)) return fail('invalid_request');
  if (challenge !== null && (method !== 'S256' || !/^[\w-]{43}$/.test(challenge))) return fail('invalid_request');
  return {
    kind: 'ok',
    request: { app, redirectUri, state, scopes, challenge, showDialog: query.get('show_dialog') === 'true' },
  };
}

function sendBack(
  request: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Answer {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== null) url.searchParams.set('state', request.state);
  return seeOther(url.href, headers);
}

/** Cookies ignore ports, so the name contains ours; the path keeps the cookie from being sent to the app. */
const cookieName = (world: World): string => `simulated_spotify_${world.port()}`;

function cookie(world: World, account: string): string {
  return `${cookieName(world)}=${account}; Path=${world.options.basePath}/authorize; HttpOnly; SameSite=Lax`;
}

function readCookie(world: World, call: Call): string | null {
  const wanted = `${cookieName(world)}=`;
  const pair = (call.headers.cookie ?? '').split(/; */).find((part) => part.startsWith(wanted));
  return pair === undefined ? null : pair.slice(wanted.length);
}
