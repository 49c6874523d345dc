import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { enter, hostParty } from '@/testing/people/party';
import type { Person } from '@/testing/people/person';
import { Screen } from '@/testing/people/screen';
import type { Laboratory } from './laboratory';
import { Looks } from './looks';

type Guest = Person & { memberId: string };

/** A song that somebody asked for, and when that was acknowledged. */
export interface Wish {
  readonly uri: string;
  readonly at: number;
}

const albumOf = (title: string) => {
  const { album } = requireTrack(title);
  return { uri: `spotify:album:${album.id}`, songs: album.trackUris };
};

/** What the host plays: songs of forty seconds. */
const ownMusic = albumOf('Dial Tone');

/** What guests wish for, by the length of the songs. */
const wishMusic = { fiveSeconds: albumOf('Door').songs, fortySeconds: albumOf('Night Bus Nine').songs };

export interface EveningOptions {
  readonly songs: keyof typeof wishMusic;
  /** How much of the host's first song is left when the host arrives, in ms. */
  readonly firstSongMs?: number;
  readonly guests: number;
}

/** A room on the platform, with a host whose own music plays, guests, and their pages. */
export class Evening {
  readonly laboratory: Laboratory;
  readonly host: Person;
  readonly guests: readonly Guest[];
  readonly code: string;
  readonly account: string;
  readonly wishes: Wish[] = [];
  readonly looks: Looks;
  readonly screens: Screen[] = [];
  /** Answers that were no success, by what they said. */
  readonly refused: string[] = [];
  readonly #songs: readonly string[];
  #turn = 0;

  private constructor(
    laboratory: Laboratory,
    parts: {
      readonly host: Person;
      readonly guests: readonly Guest[];
      readonly code: string;
      readonly account: string;
    },
    songs: readonly string[],
  ) {
    this.laboratory = laboratory;
    this.host = parts.host;
    this.guests = parts.guests;
    this.code = parts.code;
    this.account = parts.account;
    this.#songs = songs;
    this.looks = new Looks(laboratory.control, this.account, () => this.screens[0]?.latest ?? null);
  }

  /** Everybody comes in; nobody has opened a page yet. */
  static async begin(
    laboratory: Laboratory,
    account: string,
    { songs, guests, firstSongMs = 40_000 }: EveningOptions,
  ): Promise<Evening> {
    const { control } = laboratory;
    await control.addAccount({ key: account, displayName: account });
    await control.press(account, { press: 'repeat', mode: 'context' });
    await control.press(account, { press: 'start', contextUri: ownMusic.uri, positionMs: 40_000 - firstSongMs });
    const settings = { guestsCanPause: true, votesToSkip: 100, songsPerGuest: 100 };
    const { host, code, path } = await hostParty(laboratory.newPerson(), account, settings);
    const people: Guest[] = [];
    for (let index = 0; index < guests; index += 1) {
      people.push(await enter(path, laboratory.newPerson(), `Guest ${index + 1}`));
    }
    return new Evening(laboratory, { host, guests: people, code, account }, wishMusic[songs]);
  }

  get path(): string {
    return `/api/rooms/${this.code}`;
  }

  /** Everybody has the page open, the host first. */
  openScreens(): void {
    for (const person of [this.host, ...this.guests]) this.openScreen(person);
  }

  openScreen(person: Person): Screen {
    const screen = new Screen({ person, urls: [this.laboratory.host.url], first: 0, path: this.path });
    this.screens.push(screen);
    return screen;
  }

  /** Every phone is locked. */
  async closeScreens(): Promise<void> {
    await Promise.all(this.screens.splice(0).map((screen) => screen.close()));
  }

  /** A guest asks for the next song that nobody has asked for yet; after the last one, for the first again. */
  async wish(): Promise<void> {
    const uri = this.#songs[this.wishes.length % this.#songs.length] ?? '';
    const guest = this.guests[this.wishes.length % this.guests.length];
    const answer = await guest?.post(`${this.path}/queue`, { uri });
    if (answer?.status === 201) this.wishes.push({ uri, at: Date.now() });
    else this.refused.push(`wish: ${answer?.status} ${JSON.stringify(answer?.body)}`);
  }

  /** Somebody does something small: each kind in turn. */
  async act(): Promise<void> {
    this.#turn += 1;
    const guest = this.guests[this.#turn % this.guests.length];
    if (guest === undefined) return;
    const kinds = [
      () => guest.get(this.path),
      () => guest.post(`${this.path}/members`, { name: `Guest ${this.#turn}` }),
      () => guest.get(`${this.path}/search?q=night`),
      () => guest.get(`/room/${this.code}`),
    ];
    const { status } = (await kinds[this.#turn % kinds.length]?.()) ?? { status: 0 };
    if (status >= 400) this.refused.push(`something small: ${status}`);
  }

  /** Lets people do something every so often for a while. */
  async goOn(
    forMs: number,
    everyMs: number,
    also: (turn: number) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const until = Date.now() + forMs;
    for (let turn = 0; Date.now() < until; turn += 1) {
      const next = Date.now() + everyMs;
      await this.act();
      await also(turn);
      await delay(Math.max(0, Math.min(next, until) - Date.now()));
    }
  }

  async end(): Promise<void> {
    this.looks.stop();
    await this.closeScreens();
  }

  /** What a song is called. */
  static nameOf(uri: string): string {
    const found = catalogue.find(uri);
    return found === undefined ? uri : found.name;
  }
}
