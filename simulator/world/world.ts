import type { Account } from './accounts';
import { AppStore } from './apps';
import { standardAccounts } from './accounts';
import { GrantStore } from './grant-store';
import { createLibrary, type Library } from '@/simulator/catalogue/library';
import { PlaylistStore } from '@/simulator/catalogue/playlist-store';
import { createClock, type SimulatorClock } from './clock';
import { CallLog } from './call-log';
import { HungCalls } from './hung-calls';
import { RuleStore } from './rules';
import { PlayerStore } from '@/simulator/player/player-store';
import { initialSettings, type Settings } from './settings';

/** What a simulator is started with. */
export interface SimulatorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly controlSecret: string;
  /** Where grants, tokens, players and playlists outlive a restart. */
  readonly stateFile: string | null;
  readonly lagMs: number;
  /** What stands before every path of its pages, without a slash at the end: where it is part of another site. */
  readonly basePath: string;
  /** Milliseconds since 1970; tests bring their own. */
  readonly clock: () => number;
}

/** Everything one simulator knows. */
export interface World {
  readonly options: SimulatorOptions;
  readonly clock: SimulatorClock;
  readonly accounts: Map<string, Account>;
  readonly apps: AppStore;
  readonly grants: GrantStore;
  readonly playlists: PlaylistStore;
  readonly library: Library;
  readonly players: PlayerStore;
  readonly rules: RuleStore;
  readonly calls: CallLog;
  readonly hung: HungCalls;
  settings: Settings;
  /** The port it listens on. */
  port(): number;
  /** To be called after every change that a restart must not lose. */
  changed(): void;
}

/** A world in its initial state. */
export function createWorld(options: SimulatorOptions, hooks: Pick<World, 'port' | 'changed'>): World {
  const clock = createClock(options.clock);
  const playlists = new PlaylistStore();
  const library = createLibrary(playlists);
  const world: World = {
    ...hooks,
    options,
    clock,
    accounts: new Map(standardAccounts.map((account) => [account.key, account])),
    apps: new AppStore(() => ({
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      redirectUris: options.redirectUris,
      ownerHasPremium: world.settings.ownerHasPremium,
      refreshMode: world.settings.refreshMode,
      key: null,
      admits: ({ allowListed }) => allowListed,
    })),
    grants: new GrantStore(),
    playlists,
    library,
    players: new PlayerStore(library, () => clock.now('players')),
    rules: new RuleStore(),
    calls: new CallLog(),
    hung: new HungCalls(),
    settings: initialSettings(options.lagMs),
  };
  return world;
}

/** Puts a world back to its initial state; with `keepGrants` other browsers remain logged in. */
export function resetWorld(world: World, keepGrants: boolean): void {
  world.rules.clear();
  world.hung.release();
  world.calls.clear();
  world.clock.reset();
  world.settings = initialSettings(world.options.lagMs);
  world.playlists.reset();
  world.players.reset();
  if (!keepGrants) {
    world.grants.clear();
    world.apps.clear();
    world.accounts.clear();
    for (const account of standardAccounts) world.accounts.set(account.key, account);
  }
  world.changed();
}
