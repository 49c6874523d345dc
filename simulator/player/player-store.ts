import type { Library } from '@/simulator/catalogue/library';
import { kitchenPlaylistId } from '@/simulator/catalogue/standard-playlists';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { applyCommand, type CommandResult, type PlayerCommand } from './commands';
import { standardDevices } from './devices';
import { activeDevice, idlePlayer, type PlayerState } from './state';
import { settle, type Timeline, truth, withChange } from './timeline';
import { truePlayer, type TruePlayer } from './true-player';

/** The players of all accounts. */
export class PlayerStore {
  #timelines = new Map<string, Timeline>();
  readonly #library: Library;
  readonly #now: () => number;

  constructor(library: Library, now: () => number) {
    this.#library = library;
    this.#now = now;
  }

  /** What the Web API shows at this moment. */
  visible(account: string): PlayerState {
    return this.#settled(account).visible;
  }

  /** What is true on the device at this moment. */
  truth(account: string): PlayerState {
    return truth(this.#settled(account));
  }

  /** The same as tests and the host's phone read it. */
  report(account: string): TruePlayer {
    return truePlayer(this.truth(account), this.#library, this.#now());
  }

  /** Applies a command of the Web API; reads show its effect `lagMs` later. */
  command(account: string, command: PlayerCommand, lagMs: number): CommandResult {
    const now = this.#now();
    const timeline = this.#settled(account);
    const result = applyCommand(truth(timeline), command, this.#library, now);
    if (result.ok) this.#timelines.set(account, withChange(timeline, result.state, now + lagMs, now));
    return result;
  }

  /** Changes a player from the host's side. It is visible at once, and so is every pending command. */
  change(account: string, change: (state: PlayerState, now: number) => PlayerState): PlayerState {
    const now = this.#now();
    const state = change(this.truth(account), now);
    this.#timelines.set(account, { visible: state, pending: [] });
    return state;
  }

  /** Puts every player back to how it was when the simulator was new. */
  reset(): void {
    this.#timelines.clear();
  }

  export(): readonly (readonly [string, Timeline])[] {
    return [...this.#timelines.keys()].map((account) => [account, this.#settled(account)] as const);
  }

  import(timelines: readonly (readonly [string, Timeline])[]): void {
    this.#timelines = new Map(timelines);
  }

  #settled(account: string): Timeline {
    const now = this.#now();
    const timeline = this.#timelines.get(account) ?? { visible: this.#newPlayer(account, now), pending: [] };
    const settled = settle(timeline, this.#library, now);
    this.#timelines.set(account, settled);
    return settled;
  }

  /** A new player plays already, and repeats: a playlist for Alex, an album for everyone else. */
  #newPlayer(account: string, now: number): PlayerState {
    const devices = standardDevices(account);
    const idle: PlayerState = {
      ...idlePlayer(devices, now),
      activeDevice: 'kitchen',
      lastDevice: 'kitchen',
      repeat: 'context',
    };
    const contextUri =
      account === 'alex'
        ? `spotify:playlist:${kitchenPlaylistId}`
        : `spotify:album:${requireTrack('Paper Planets').album.id}`;
    const started = applyCommand(
      idle,
      {
        kind: 'start',
        contextUri,
        tracks: this.#library.contextTracks(contextUri) ?? [],
        offset: null,
        positionMs: 0,
        deviceId: activeDevice(idle)?.id ?? null,
      },
      this.#library,
      now,
    );
    return started.ok ? started.state : idle;
  }
}
