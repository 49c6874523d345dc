import type { HistoryResponse } from '@/lib/shared/contract/history';
import type { QueueResponse, SongResponse } from '@/lib/shared/contract/queue';
import type { SearchResponse } from '@/lib/shared/contract/search';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import type { Member } from './member';
import type { Deployment } from '@/testing/deployments/deployment';
import { count } from '@/testing/count';
import type { Ledger } from './ledger';

/** Where songs are asked for, and played. */
export interface SongsPlace {
  readonly deployment: Deployment;
  readonly host: Member;
  /** The room's path. */
  readonly path: string;
  /** The host's account. */
  readonly account: string;
  readonly ledger: Ledger;
}

/** A song whose adding was acknowledged. */
interface Asked {
  readonly id: string;
  readonly uri: string;
  readonly member: Member;
  /** Taking it out was acknowledged. */
  gone: boolean;
}

const songKey = (id: string): string => `song ${id}`;
const voteKey = (id: string, member: Member): string => `song vote ${id} ${member.id}`;

/**
 * The songs that people of a party ask for, vote on and take out. What is acknowledged goes into the ledger; what became of it is seen
 * through the API and on the host's device.
 */
export class Songs {
  readonly #party: SongsPlace;
  readonly #asked: Asked[] = [];
  /** Songs whose adding had no answer: they may wait or not. */
  readonly #perhaps: string[] = [];
  /** The last acknowledged vote of each member and song. */
  readonly #votes = new Map<string, { readonly id: string; readonly member: Member; readonly value: number }>();

  constructor(party: SongsPlace) {
    this.#party = party;
  }

  /** The first songs that fit some words, by URI. */
  async find(words: string): Promise<readonly string[]> {
    const query = encodeURIComponent(words);
    const { tracks } = await this.#read<SearchResponse>(`search?q=${query}`);
    return tracks.map(({ uri }) => uri);
  }

  /** All waiting songs. */
  async waiting(): Promise<readonly QueueItemDto[]> {
    return (await this.#read<QueueResponse>('queue')).queue;
  }

  /** Songs in the room's history that somebody here added, by URI, the newest first. */
  async played(): Promise<readonly string[]> {
    const { played } = await this.#read<HistoryResponse>('history');
    return played.filter(({ addedBy }) => addedBy !== null).map(({ track }) => track.uri);
  }

  /** What began on the host's device of what somebody asked for, by URI, oldest first. */
  async begun(): Promise<readonly string[]> {
    const wanted = new Set([...this.#asked.map(({ uri }) => uri), ...this.#perhaps]);
    const { begun } = await this.#party.deployment.control.player(this.#party.account);
    return begun.map(({ uri }) => uri).filter((uri) => wanted.has(uri));
  }

  async add(member: Member, uri: string): Promise<number> {
    const { status, body } = await member.send<SongResponse>('POST', `${this.#party.path}/queue`, {
      json: { uri },
    });
    if (status === 201) {
      const { id } = body.item;
      this.#asked.push({ id, uri, member, gone: false });
      this.#party.ledger.note({ key: songKey(id), value: uri }, 'acknowledged');
    } else if (status === 0 || status >= 500) this.#perhaps.push(uri);
    return status;
  }

  async vote(member: Member, id: string, value: 1 | -1 | 0): Promise<number> {
    const change = { key: voteKey(id, member), value: String(value) };
    const { status } = await member.change('PUT', `${this.#party.path}/queue/${id}/vote`, { value }, [change]);
    if (status === 200) this.#votes.set(change.key, { id, member, value });
    return status;
  }

  /** Takes a song of the member's own out. */
  async takeOut(member: Member, id: string): Promise<number> {
    const change = { key: songKey(id), value: 'taken out' };
    const { status } = await member.change('DELETE', `${this.#party.path}/queue/${id}`, undefined, [change]);
    const song = this.#asked.find((asked) => asked.id === id);
    if (status === 204 && song !== undefined) song.gone = true;
    return status;
  }

  /** What the ledger knows of songs by name, as it is now. */
  async actual(): Promise<ReadonlyMap<string, string>> {
    if (this.#asked.length === 0) return new Map();
    // The queue first: a song that begins between the two reads is in both, not in neither.
    const waiting = new Map((await this.waiting()).map((item) => [item.id, item]));
    const played = count(await this.played());
    // The history does not say which of a song's askings it was; those that were taken out come last.
    const songs = this.#asked
      .toSorted((a, b) => Number(a.gone) - Number(b.gone))
      .map(({ id, uri }) => {
        const item = waiting.get(id);
        const times = played.get(uri) ?? 0;
        if (item === undefined && times > 0) played.set(uri, times - 1);
        return [songKey(id), item !== undefined || times > 0 ? uri : 'taken out'] as const;
      });
    // Votes on a song that waits no more are shown to nobody.
    const votes = [...this.#votes].map(([key, { id, member, value }]) => {
      const item = waiting.get(id);
      return [key, String(item === undefined ? value : (item.voters[member.id] ?? 0))] as const;
    });
    return new Map([...songs, ...votes]);
  }

  /** Songs that wait twice, or that began, or will begin, more often than somebody asked for them. */
  async doubled(): Promise<readonly string[]> {
    if (this.#asked.length === 0) return [];
    const waiting = await this.waiting();
    const asked = count([...this.#asked.map(({ uri }) => uri), ...this.#perhaps]);
    const begun = count(await this.begun());
    const places = count(waiting.map(({ track }) => track.uri));
    // What was handed over may have begun already.
    const queued = count(waiting.filter(({ state }) => state === 'queued').map(({ track }) => track.uri));
    return [...asked].flatMap(([uri, times]) => {
      const plays = (begun.get(uri) ?? 0) + (queued.get(uri) ?? 0);
      return [
        ...(plays > times ? [`${uri}: ${begun.get(uri) ?? 0} times begun, and waiting; asked for ${times} times`] : []),
        ...((places.get(uri) ?? 0) > 1 ? [`${uri}: waits twice`] : []),
      ];
    });
  }

  /** Asks the first instance that runs, as the host. */
  async #read<T>(what: string): Promise<T> {
    const { deployment, host, path } = this.#party;
    const url = deployment.urls.find((_, index) => deployment.runs(index)) ?? '';
    const { status, body } = await host.send<T>('GET', `${url}${path}/${what}`);
    if (status !== 200) throw new Error(`The host was not told of the songs: ${status}`);
    return body;
  }
}
