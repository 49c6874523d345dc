import type { CallFilter, LoggedCall } from './world/call-log';
import type { ClockInput, IssuedTokens } from './control/contract';
import type { DeviceChange, DevicesInput } from './player/device-changes';
import type { PressInput } from './player/phone-press';
import type { PlayerModeInput } from './player/special-modes';
import type { TruePlayer } from './player/true-player';
import type { Rule, RuleInput } from './world/rules';
import type { Account, AccountInput } from './world/accounts';
import type { AppInput } from './world/apps';
import type { Settings } from './world/settings';

export { faults } from './control/faults';

/** How tests change and look at a simulator, from this process or another. Every method throws when it is refused. */
export interface ControlClient {
  /** Back to the initial state. `keepGrants` leaves logins as they are. */
  reset(options?: { readonly keepGrants?: boolean }): Promise<void>;
  settings(): Promise<Settings>;
  change(settings: Partial<Settings>): Promise<Settings>;

  addRule(rule: RuleInput): Promise<Rule>;
  rules(): Promise<readonly Rule[]>;
  removeRule(id: number): Promise<void>;
  clearRules(): Promise<void>;
  /** Releases every hanging call. @returns how many there were */
  release(): Promise<number>;

  calls(filter?: CallFilter): Promise<readonly LoggedCall[]>;
  /** Waits until `count` calls match. Throws after `timeoutMs`. */
  waitForCalls(filter: CallFilter, count?: number, timeoutMs?: number): Promise<readonly LoggedCall[]>;
  clearCalls(): Promise<void>;

  /** Lets time pass for tokens or for players, without waiting. */
  advanceClock(input: ClockInput): Promise<void>;
  /** Ends access tokens now, of one account or of all. @returns how many */
  expireTokens(account?: string): Promise<number>;
  /** The host removes the app on Spotify's page. @returns how many grants ended */
  revokeGrants(account: string, options?: { readonly accessTokens?: boolean }): Promise<number>;
  /** A login without a browser. */
  login(account: string, scopes: readonly string[]): Promise<IssuedTokens>;
  accounts(): Promise<readonly Account[]>;
  addAccount(account: AccountInput): Promise<Account>;

  /** Somebody makes an app in their dashboard, or changes one. */
  putApp(app: AppInput): Promise<void>;
  /** Its owner deletes it: no login and no refresh of it succeeds any more. */
  deleteApp(clientId: string): Promise<void>;

  /** What is true on the host's device, whatever the Web API shows. */
  player(account: string): Promise<TruePlayer>;
  /** Presses something on the host's own phone. */
  press(account: string, input: PressInput): Promise<TruePlayer>;
  setMode(account: string, input: PlayerModeInput): Promise<TruePlayer>;
  setDevices(account: string, input: DevicesInput): Promise<TruePlayer>;
  changeDevice(account: string, device: string, change: DeviceChange): Promise<TruePlayer>;
}

const of = (account: string): string => `accounts/${encodeURIComponent(account)}`;

/** Opens a client for the simulator at `url`. */
export function createControlClient(simulator: {
  readonly url: string;
  readonly controlSecret: string;
}): ControlClient {
  // Only the control endpoint of this repository answers, so its answers are not parsed by a schema.
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${simulator.url}/control/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${simulator.controlSecret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${method} /control/${path}: ${response.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text);
  }

  return {
    reset: (options = {}) => send('POST', 'reset', options),
    settings: () => send('GET', 'settings'),
    change: (settings) => send('PATCH', 'settings', settings),

    addRule: (rule) => send('POST', 'rules', rule),
    rules: () => send('GET', 'rules'),
    removeRule: (id) => send('DELETE', `rules/${id}`),
    clearRules: () => send('DELETE', 'rules'),
    release: async () => (await send<{ released: number }>('POST', 'release')).released,

    calls: (filter = {}) => send('GET', `calls?${toQuery(filter)}`),
    async waitForCalls(filter, count = 1, timeoutMs = 5000) {
      const query = toQuery({ ...filter, atLeast: count, waitMs: timeoutMs });
      const found = await send<readonly LoggedCall[]>('GET', `calls?${query}`);
      if (found.length >= count) return found;
      const wanted = JSON.stringify(filter);
      throw new Error(`Waited ${timeoutMs} ms for ${count} calls like ${wanted}; there were ${found.length}.`);
    },
    clearCalls: () => send('DELETE', 'calls'),

    advanceClock: async (input) => {
      await send('POST', 'clock', input);
    },
    expireTokens: async (account) =>
      (await send<{ expired: number }>('POST', 'tokens/expire', account === undefined ? {} : { account })).expired,
    revokeGrants: async (account, options = {}) =>
      (await send<{ revoked: number }>('POST', 'grants/revoke', { account, ...options })).revoked,
    login: (account, scopes) => send('POST', `${of(account)}/login`, { scopes }),
    accounts: () => send('GET', 'accounts'),
    addAccount: (account) => send('POST', 'accounts', account),

    putApp: (app) => send('PUT', 'apps', app),
    deleteApp: (clientId) => send('DELETE', `apps/${clientId}`),

    player: (account) => send('GET', `${of(account)}/player`),
    press: (account, input) => send('POST', `${of(account)}/press`, input),
    setMode: (account, input) => send('PATCH', `${of(account)}/player`, input),
    setDevices: (account, input) => send('PUT', `${of(account)}/devices`, input),
    changeDevice: (account, device, change) =>
      send('POST', `${of(account)}/devices/${encodeURIComponent(device)}`, { change }),
  };
}

function toQuery(filter: Readonly<Record<string, unknown>> | CallFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
  return query;
}
