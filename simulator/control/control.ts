import { accountInput, createAccount } from '@/simulator/world/accounts';
import { appInput } from '@/simulator/world/apps';
import { sameSecret } from '@/simulator/accounts/client-credentials';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { type Answer, type Call, empty, json } from '@/simulator/http/call';
import { findRoute, type Route } from '@/simulator/http/router';
import { resetWorld, type World } from '@/simulator/world/world';
import { callRoutes } from './call-routes';
import {
  clockInput,
  expireTokensInput,
  type IssuedTokens,
  loginInput,
  resetInput,
  revokeInput,
  settingsInput,
} from './contract';
import { controlRoute, problem } from './control-route';
import { playerRoutes } from './player-routes';
import { ruleInputSchema } from '@/simulator/world/rules';

/** The control endpoint: how tests change the simulated world. JSON in and out, loopback only, behind a secret. */
export interface Control {
  owns(path: string): boolean;
  serve(call: Call, left: AbortSignal): Promise<Answer>;
}

/** Creates the control endpoint of a world. */
export function createControl(world: World): Control {
  const routes = [...worldRoutes(world), ...ruleRoutes(world), ...grantRoutes(world), ...playerRoutes(world)];
  return {
    owns: (path) => path.startsWith('/control/'),
    async serve(call, left) {
      const refusal = checkCaller(world, call);
      if (refusal !== null) return refusal;
      const match = findRoute([...routes, ...callRoutes(world, left)], call.method, call.path);
      if (match.kind === 'none') return problem(404, `There is no control route ${call.path}.`);
      if (match.kind === 'wrong_method') return problem(405, `Use ${match.allowed.join(' or ')}.`);
      return match.route.handler(call, match.params);
    },
  };
}

function checkCaller(world: World, call: Call): Answer | null {
  const secret = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '';
  return sameSecret(secret, world.options.controlSecret) ? null : problem(401, 'Wrong control secret.');
}

function worldRoutes(world: World): readonly Route[] {
  return [
    controlRoute('POST /control/reset', resetInput, ({ keepGrants = false }) => {
      resetWorld(world, keepGrants);
      return empty(204);
    }),
    controlRoute('GET /control/settings', null, () => json(200, world.settings)),
    controlRoute('PATCH /control/settings', settingsInput, (input) => {
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      world.settings = { ...world.settings, ...given };
      return json(200, world.settings);
    }),
    controlRoute('POST /control/clock', clockInput, ({ clock, advanceMs = 0, advanceMonths = 0 }) => {
      world.clock.advanceMonths(clock, advanceMonths);
      world.clock.advance(clock, advanceMs);
      world.changed();
      return json(200, { clock, now: world.clock.now(clock), offsetMs: world.clock.offset(clock) });
    }),
    controlRoute('GET /control/catalogue', null, () =>
      json(
        200,
        [...catalogue.tracks, ...catalogue.episodes, ...catalogue.localFiles].map((item) => ({
          kind: item.kind,
          uri: item.uri,
          name: item.name,
          durationMs: item.durationMs,
        })),
      ),
    ),
  ];
}

function ruleRoutes(world: World): readonly Route[] {
  return [
    controlRoute('GET /control/rules', null, () => json(200, world.rules.all())),
    controlRoute('POST /control/rules', ruleInputSchema, (input) => json(201, world.rules.add(input))),
    controlRoute('DELETE /control/rules', null, () => {
      world.rules.clear();
      return empty(204);
    }),
    controlRoute('DELETE /control/rules/:id', null, (_, params) =>
      world.rules.remove(Number(params['id'])) ? empty(204) : problem(404, 'There is no such rule.'),
    ),
    controlRoute('POST /control/release', null, () => json(200, { released: world.hung.release() })),
  ];
}

function grantRoutes(world: World): readonly Route[] {
  const now = (): number => world.clock.now('tokens');
  return [
    controlRoute('GET /control/accounts', null, () => json(200, [...world.accounts.values()])),
    controlRoute('POST /control/accounts', accountInput, (input) => {
      const account = createAccount(input);
      world.accounts.set(account.key, account);
      world.changed();
      return json(201, account);
    }),
    controlRoute('PUT /control/apps', appInput, (input) => {
      if (input.clientId === world.options.clientId) return problem(400, 'That is the app of the simulator itself.');
      world.apps.put(input);
      world.changed();
      return empty(204);
    }),
    controlRoute('DELETE /control/apps/:id', null, (_, params) => {
      const had = world.apps.delete(params['id'] ?? '');
      world.changed();
      return had ? empty(204) : problem(404, 'There is no such app.');
    }),
    controlRoute('POST /control/accounts/:account/login', loginInput, ({ scopes }, params) => {
      const account = world.accounts.get(params['account'] ?? '');
      if (account === undefined) return problem(404, 'There is no such account.');
      const grant = world.grants.openGrant(account.key, scopes, now());
      const lifeSeconds = world.settings.accessTokenLifeSeconds;
      const tokens: IssuedTokens = {
        accessToken: world.grants.issueAccessToken(grant, scopes, now() + lifeSeconds * 1000),
        refreshToken: world.grants.issueRefreshToken(grant),
        scope: scopes.join(' '),
        expiresInSeconds: lifeSeconds,
      };
      world.changed();
      return json(201, tokens);
    }),
    controlRoute('POST /control/tokens/expire', expireTokensInput, ({ account }) => {
      const expired = world.grants.expireAccessTokens(account ?? null, now());
      world.changed();
      return json(200, { expired });
    }),
    controlRoute('POST /control/grants/revoke', revokeInput, ({ account, accessTokens = false }) => {
      const revoked = world.grants.revoke(account, accessTokens);
      world.changed();
      return json(200, { revoked });
    }),
  ];
}
