import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import type { QueueItemDto, RoomSnapshot } from '@/lib/shared/contract/snapshot';
import { until } from '@/testing/until';
import type { Party } from './party';

const ownAlbum = requireTrack('Paper Planets').album;

/** Songs that guests ask for, the shortest first: none that the host's own music brings, and none so short that reads have a limit of their own (WT4). */
export const wishedSongs = catalogue.tracks
  .filter(({ playable, album, durationMs }) => playable && album.id !== ownAlbum.id && durationMs > 61_000)
  .toSorted((a, b) => a.durationMs - b.durationMs);

/** Between two looks at what is due, in ms. */
const stepMs = 2_000;

/** Songs that wait while guests still wish. */
const enough = 3;

/** Nobody wishes or votes in the last seconds before a hand-over: what was first then is what every screen showed. In ms before a song's end. */
const quietMs = 22_000;

/** A press of the host's, and how it was answered. */
export interface Press {
  readonly what: string;
  readonly at: number;
  readonly status: number;
  /** Why it was refused. */
  readonly code?: string;
  readonly tookMs: number;
}

/** What a guest who floods the room sent, and what came of it. */
export interface Flood {
  readonly sent: number;
  readonly accepted: number;
  /** When the host had removed them; ms since the epoch. */
  readonly removedAt: number;
}

/** One evening of a room with crossfade: what its people do, by the clock, and what is remembered of it. */
export class LongEvening {
  readonly party: Party;
  readonly minutes: number;
  readonly presses: Press[] = [];
  readonly wishes: string[] = [];
  /** When each song was on the list, by URI; ms since the epoch. */
  readonly waitedSince = new Map<string, number>();
  /** Songs in the order in which the room handed them over. */
  readonly handed: QueueItemDto[] = [];
  /** Songs that were handed over although another one was first on every screen. */
  readonly outOfTurn: string[] = [];
  readonly refused: string[] = [];
  flood: Flood | null = null;
  #looked = 0;
  #turn = 0;

  constructor(party: Party, minutes: number) {
    this.party = party;
    this.minutes = minutes;
  }

  /** The host's own music plays and fades. */
  async begin(): Promise<void> {
    const { control, account, host, path } = this.party;
    await control.setMode(account, { crossfadeMs: 12_000 });
    await control.press(account, { press: 'repeat', mode: 'context' });
    await control.press(account, { press: 'start', contextUri: `spotify:album:${ownAlbum.id}` });
    await host.send('PATCH', path, { json: { votesToSkip: 100, songsPerGuest: 5 } });
    await this.party.shows(({ latest }) => latest?.playback.track?.album === ownAlbum.name);
  }

  /** Everything that happens, one after the other, until the time is over and nothing waits. */
  async live(): Promise<void> {
    const began = Date.now();
    const share = (): number => (Date.now() - began) / (this.minutes * 60_000);
    const happenings = [...this.#happenings()];
    while (share() < 1) {
      this.#look();
      while (happenings[0] !== undefined && happenings[0].at <= share()) await happenings.shift()?.act();
      await delay(stepMs);
      if (await this.#isQuiet()) continue;
      if (this.#waiting.length < enough) await this.#wish();
      else await this.#vote();
    }
    const mostMs = (enough + 3) * 300_000;
    await until(() => {
      this.#look();
      return this.#waiting.length === 0;
    }, mostMs);
  }

  get #snapshot(): RoomSnapshot | null {
    return this.party.screens.at(-1)?.latest ?? null;
  }

  get #waiting(): readonly QueueItemDto[] {
    return this.#snapshot?.queue ?? [];
  }

  /** Goes over what the host's screen showed since the last time: each song that was handed over was the first of those that waited. */
  #look(): void {
    const shown = this.party.screens.at(-1)?.shown ?? [];
    for (; this.#looked < shown.length; this.#looked += 1) {
      const queue = shown[this.#looked]?.queue ?? [];
      const next = queue.find(({ state }) => state === 'next');
      if (next === undefined || this.handed.some(({ id }) => id === next.id)) continue;
      this.handed.push(next);
      const before = shown[this.#looked - 1]?.queue.find(({ state }) => state === 'queued');
      if (queue[0]?.id !== next.id || (before !== undefined && before.id !== next.id))
        this.outOfTurn.push(next.track.name);
    }
  }

  async #isQuiet(): Promise<boolean> {
    const { durationMs, positionMs } = await this.party.control.player(this.party.account);
    return (durationMs ?? 0) - positionMs < quietMs;
  }

  async #wish(): Promise<void> {
    const uri = wishedSongs[this.wishes.length]?.uri;
    const guest = this.party.guests[this.wishes.length % (this.party.guests.length - 1)];
    if (uri === undefined || guest === undefined) return;
    const status = await this.party.songs.add(guest, uri);
    if (status === 201) {
      this.wishes.push(uri);
      this.waitedSince.set(uri, Date.now());
    } else this.refused.push(`a song: ${status}`);
    // Until it is on the screen nobody asks for more.
    if (status === 201) await until(() => [...this.#waiting, ...this.handed].some(({ track }) => track.uri === uri));
  }

  async #vote(): Promise<void> {
    this.#turn += 1;
    const song = this.#waiting.filter(({ state }) => state === 'queued').at(-1);
    const guest = this.party.guests[this.#turn % (this.party.guests.length - 1)];
    if (song === undefined || guest === undefined || this.#turn % 7 !== 0) return;
    const status = await this.party.songs.vote(guest, song.id, this.#turn % 2 === 0 ? 1 : -1);
    if (status !== 200) this.refused.push(`a vote: ${status}`);
  }

  /** The host presses something in the room. */
  async #press(what: string, method: string, path: string, json: object = {}): Promise<void> {
    const at = Date.now();
    const { status, body } = await this.party.host.send(method, `${this.party.path}${path}`, { json });
    this.presses.push({ what, at, status, ...(body?.code && { code: body.code }), tookMs: Date.now() - at });
  }

  *#happenings(): Generator<{ readonly at: number; readonly act: () => Promise<void> }> {
    const { control, account } = this.party;
    const press = (command: string, json: object = {}) => this.#press(command, 'POST', `/playback/${command}`, json);
    yield { at: 0.06, act: () => press('pause') };
    yield { at: 0.08, act: () => press('play') };
    const read = { method: 'GET', path: '/v1/me/player', account };
    yield {
      at: 0.15,
      act: async () => void (await control.addRule({ when: read, times: 1, ...faults.rateLimited(2) })),
    };
    yield { at: 0.22, act: () => press('next') };
    yield { at: 0.3, act: () => press('volume', { percent: 40 }) };
    yield { at: 0.35, act: () => this.#fallAsleep() };
    const handOver = { method: 'POST', path: '/v1/me/player/queue', account };
    yield {
      at: 0.5,
      act: async () => void (await control.addRule({ when: handOver, times: 1, ...faults.rateLimited(3) })),
    };
    yield { at: 0.66, act: () => this.#floodAndRemove() };
    yield { at: 0.75, act: () => press('seek', { positionMs: 5_000 }) };
    yield { at: 0.85, act: () => press('next') };
  }

  /** The device that plays falls asleep, and its owner wakes it after a minute. */
  async #fallAsleep(): Promise<void> {
    const { control, account } = this.party;
    const { activeDevice } = await control.player(account);
    await control.changeDevice(account, activeDevice ?? 'phone', 'sleep');
    await until(
      () => this.#snapshot?.playback.status === 'no_device' || this.#snapshot?.playback.status === 'paused',
      60_000,
    );
    await delay(Math.min(60_000, this.minutes * 2_000));
    await control.press(account, { press: 'play' });
  }

  /** A guest sends whatever there is to send; the host removes them. */
  async #floodAndRemove(): Promise<void> {
    const { guests, host, path } = this.party;
    const guest = guests.at(-1);
    if (guest === undefined) return;
    const statuses: number[] = [];
    const kinds: ((turn: number) => Promise<{ status: number }>)[] = [
      (turn) => guest.post(`${path}/playback/${turn % 2 === 0 ? 'pause' : 'play'}`, {}),
      (turn) => guest.post(`${path}/queue`, { uri: `spotify:track:${String(turn).padStart(22, '0')}` }),
      (turn) => guest.post(`${path}/members`, { name: `Flood ${turn}` }),
      (turn) => guest.get(`${path}/search?q=${turn}flood`),
    ];
    const flooding = Array.from({ length: 400 }, async (_, turn) => {
      const answer = await kinds[turn % kinds.length]?.(turn);
      statuses.push(answer?.status ?? 0);
    });
    await delay(1_000);
    await this.#press('seek in the flood', 'POST', '/playback/seek', { positionMs: 10_000 });
    const removed = await host.send('DELETE', `${path}/members/${guest.id}`);
    const removedAt = Date.now();
    if (removed.status !== 204) this.refused.push(`the removal: ${removed.status}`);
    await Promise.all(flooding);
    this.flood = { sent: statuses.length, accepted: statuses.filter((status) => status < 300).length, removedAt };
    await until(async () => {
      if ((await this.party.control.player(this.party.account)).playing) return true;
      await this.#press('play', 'POST', '/playback/play');
      return false;
    });
  }
}
