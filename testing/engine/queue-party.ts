import type { ControlClient } from '@/simulator/control-client';
import { getPool } from '@/lib/server/db/connection/pool';
import { type AppClient, join, makeParty } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { HandDrivenWatcher, type NextStep } from './hand-driven-watcher';
import type { TestSpotify } from './set-up-simulator';

/** A song of a room's queue as it is stored, whatever became of it. */
export interface StoredSong {
  readonly id: string;
  readonly uri: string;
  readonly state: string;
  readonly reason: string | null;
}

/** A waiting song as a snapshot lists it. */
export interface ShownSong {
  readonly id: string;
  readonly state: 'pending' | 'queued' | 'next';
  readonly addedBy: string;
  readonly score: number;
  readonly track: { readonly uri: string };
}

/** How a watcher lives through a time. */
interface Life {
  /** How long before a song gives way it begins to look, in ms. */
  readonly fromMs?: number;
  /** Whether somebody has the room open (FD10). */
  readonly attended?: boolean;
  /** Carries out each step, and may look before and after. */
  readonly around?: (step: NextStep) => Promise<void>;
}

/** A room whose host has Spotify, whose watcher looks when a test says so, and whose time passes at a word. */
export class QueueParty {
  readonly room: Party;
  readonly account: string;
  readonly watcher: HandDrivenWatcher;
  readonly #control: ControlClient;
  #elapsedMs = 0;

  private constructor(control: ControlClient, room: Party, watcher: HandDrivenWatcher) {
    this.#control = control;
    this.room = room;
    this.account = room.account;
    this.watcher = watcher;
  }

  /** @param spotify a simulator whose time stands */
  static async begin(spotify: TestSpotify): Promise<QueueParty> {
    const room = await makeParty(spotify);
    return new QueueParty(spotify.control, room, await HandDrivenWatcher.of(room.code));
  }

  guest(name: string): Promise<AppClient & { memberId: string }> {
    return join(this.room, name);
  }

  /** What is true on the host's device. */
  player() {
    return this.#control.player(this.account);
  }

  snapshot() {
    return snapshotOf(this.room);
  }

  async queue(): Promise<readonly ShownSong[]> {
    return (await this.snapshot()).queue;
  }

  async songs(): Promise<readonly StoredSong[]> {
    const { rows } = await getPool().query<StoredSong>(
      `SELECT "id", "uri", "state", "reason" FROM "QueueItem" WHERE "roomId" = $1 ORDER BY "number"`,
      [this.watcher.roomId],
    );
    return rows;
  }

  /** What became of each song, by URI. */
  async states(): Promise<Readonly<Record<string, string>>> {
    return Object.fromEntries((await this.songs()).map(({ uri, state }) => [uri, state]));
  }

  /** Adds a song. @returns its id; undefined when it was refused */
  async add(uri: string, client: AppClient = this.room.host): Promise<string> {
    return (await client.post(`${this.room.path}/queue`, { uri })).body.item?.id;
  }

  post(path: string, body?: object) {
    return this.room.host.post(`${this.room.path}${path}`, body);
  }

  take(id: string) {
    return this.room.host.send('DELETE', `${this.room.path}/queue/${id}`);
  }

  /** Songs that Spotify was handed so far, counted by calls. */
  async handed(): Promise<number> {
    const call = { account: this.account, path: '/v1/me/player/queue', method: 'POST' };
    return (await this.#control.calls(call)).length;
  }

  /** Lets time pass until the song that plays has that much left, in ms; a negative time lies past its end. */
  async leave(leftMs: number): Promise<void> {
    const { positionMs, durationMs } = await this.player();
    await this.pass(Math.max(0, (durationMs ?? 0) - positionMs - leftMs));
  }

  /**
   * Lets time pass until the song that plays has that much left before it gives way to the next one, in ms; a negative time lies past that. The
   * watcher lives through it, from that long before on.
   */
  async approach(leftMs: number, life: Life = {}): Promise<void> {
    const { positionMs, durationMs, earlyEndMs } = await this.player();
    const untilMs = Math.max(0, (durationMs ?? 0) - earlyEndMs - positionMs - leftMs);
    const livedMs = Math.min(untilMs, (life.fromMs ?? 30_000) - leftMs);
    await this.pass(untilMs - livedMs);
    await this.live(livedMs, life);
  }

  /** Lets time pass as a watcher lives through it: it reads and runs the queue when its own plans say so. */
  async live(ms: number, { attended = true, around = ({ act }) => act() }: Life = {}): Promise<void> {
    for (let left = ms; ;) {
      const step = await this.watcher.next(attended);
      if (step.inMs > left) return this.pass(left);
      await this.pass(step.inMs);
      left -= step.inMs;
      await around(step);
    }
  }

  /** How much time has passed at this party, in ms. */
  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  async pass(ms: number): Promise<void> {
    this.#elapsedMs += ms;
    await this.#control.advanceClock({ clock: 'players', advanceMs: Math.round(ms) });
    await this.watcher.pass(ms);
  }
}
