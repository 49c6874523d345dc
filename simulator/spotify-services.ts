import { setTimeout as wait } from 'node:timers/promises';
import { decideConsent, showConsent } from './accounts/authorize';
import { namedClient } from './accounts/client-credentials';
import { answerToken } from './accounts/token';
import type { CallDraft } from './world/call-log';
import type { Rule, TokenChanges } from './world/rules';
import { type Answer, type Call, json, text } from './http/call';
import { mergePatch } from '@/simulator/http/merge-patch';
import { findRoute, route, type Route } from './http/router';
import { apiError } from './web-api/request/errors';
import { webApiRoutes } from './web-api/routes';
import { findToken } from './web-api/request/authorization';
import type { World } from './world/world';

/** How a call ended: answered, with a reset connection, or with a client that gave up. */
export type ServiceResult =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'client_left' };

/** The two simulated services. `left` aborts when the client closes its connection. */
export interface SpotifyServices {
  /** Whether a path is one of Spotify's rather than the simulator's own. */
  owns(path: string): boolean;
  serve(call: Call, left: AbortSignal): Promise<ServiceResult>;
}

/** Runs the accounts service and the Web API with their rules and their log. */
export function createSpotifyServices(world: World): SpotifyServices {
  const routes = [
    route('GET /authorize', (call) => showConsent(world, call)),
    route('POST /authorize', (call) => decideConsent(world, call)),
    ...webApiRoutes(world),
  ];
  return {
    owns: (path) => path === '/authorize' || path === '/api/token' || path === '/v1' || path.startsWith('/v1/'),
    serve: (call, left) => serve(world, routes, call, left),
  };
}

async function serve(world: World, routes: readonly Route[], call: Call, left: AbortSignal): Promise<ServiceResult> {
  const draft = describeCall(world, call);
  const sequence = world.calls.open(draft);
  const rule = world.rules.take(draft);
  let ran: Answer | null = null;
  const run = async (changes: TokenChanges = {}): Promise<Answer> => {
    if (ran !== null) return ran;
    const answer = await dispatch(world, routes, call, changes);
    ran = answer;
    world.calls.update(sequence, { executed: answer.status < 400 });
    return answer;
  };
  const result = rule === null ? answered(await run()) : await applyRule(world, rule, run, left);
  world.calls.update(sequence, {
    ruleId: rule?.id ?? null,
    status: result.kind === 'answer' ? result.answer.status : null,
    outcome: result.kind === 'answer' ? 'answered' : result.kind,
  });
  return result;
}

const answered = (answer: Answer): ServiceResult => ({ kind: 'answer', answer });

async function applyRule(
  world: World,
  rule: Rule,
  run: (changes?: TokenChanges) => Promise<Answer>,
  left: AbortSignal,
): Promise<ServiceResult> {
  const { action } = rule;
  if (rule.executed === true) await run(action.kind === 'token' ? action.changes : {});
  if (rule.delayMs !== undefined) {
    // Where the client gives up during the delay, a call that was not executed before it never is.
    const stayed = await wait(rule.delayMs, true, { signal: left }).catch(() => false);
    if (!stayed) return { kind: 'client_left' };
  }
  switch (action.kind) {
    case 'pass':
      return answered(await run());
    case 'token':
      return answered(await run(action.changes));
    case 'change': {
      const ordinary = await run();
      return answered({ ...ordinary, body: JSON.stringify(mergePatch(JSON.parse(ordinary.body), action.fields)) });
    }
    case 'reset':
      return { kind: 'reset' };
    case 'hang':
      return (await world.hung.wait(left)) === 'released' ? answered(await run()) : { kind: 'client_left' };
    case 'answer': {
      const { status, headers = {}, body } = action;
      if (body === undefined) return answered({ status, headers, body: '' });
      if (typeof body === 'string') return answered(text(status, body, headers));
      return answered(json(status, body, headers));
    }
  }
}

async function dispatch(world: World, routes: readonly Route[], call: Call, changes: TokenChanges): Promise<Answer> {
  const hasLength = call.headers['content-length'] !== undefined || call.headers['transfer-encoding'] !== undefined;
  if ((call.method === 'POST' || call.method === 'PUT') && !hasLength) {
    return text(411, '<!doctype html><title>411</title>Length Required', { 'content-type': 'text/html' });
  }
  if (call.path === '/api/token') {
    return call.method === 'POST' ? answerToken(world, call, changes) : text(405, 'Method Not Allowed');
  }
  const match = findRoute(routes, call.method, call.path);
  switch (match.kind) {
    case 'found':
      return match.route.handler(call, match.params);
    case 'wrong_method':
      return { ...apiError(405, 'Method not allowed'), headers: { allow: match.allowed.join(', ') } };
    case 'none':
      return apiError(404, 'Not found.');
  }
}

/** Query parameters of the login that the log does not show. */
const maskedParameters = new Set(['state', 'code']);

function describeCall(world: World, call: Call): CallDraft {
  const query: Record<string, string> = {};
  for (const [name, value] of call.query) query[name] = maskedParameters.has(name) ? '(hidden)' : value;
  const draft = {
    at: new Date(world.options.clock()).toISOString(),
    method: call.method,
    path: call.path,
    query,
    body: null,
    account: null,
    clientId: null,
    tokenOrdinal: null,
    grantType: null,
  };
  if (call.path === '/api/token') return { ...draft, ...describeTokenCall(world, call) };
  if (call.path === '/authorize') {
    const form = new URLSearchParams(call.body);
    return { ...draft, account: form.get('account'), clientId: form.get('client_id') ?? call.query.get('client_id') };
  }
  const token = findToken(world, call);
  return {
    ...draft,
    body: call.body === '' ? null : call.body,
    account: token?.account ?? null,
    clientId: token === undefined ? null : (token.app ?? world.options.clientId),
    tokenOrdinal: token?.ordinal ?? null,
  };
}

function describeTokenCall(world: World, call: Call): Pick<CallDraft, 'account' | 'clientId' | 'grantType'> {
  const form = new URLSearchParams(call.body);
  const code = world.grants.peekCode(form.get('code') ?? '');
  const refresh = world.grants.checkRefreshToken(form.get('refresh_token') ?? '', world.clock.now('tokens'));
  return {
    grantType: form.get('grant_type'),
    clientId: namedClient(call, form),
    account: code?.account ?? refresh.grant?.account ?? null,
  };
}
