import fc from 'fast-check';
import { songKey } from '@/lib/shared/rules/song-identity';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import type { AppClient } from '@/testing/people/app-client';
import type { NextStep } from '@/testing/engine/hand-driven-watcher';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { letTheClockStand } from '@/testing/engine/standing-clock';
import type { PlayerModeInput } from '@/simulator/player/special-modes';

letTheClockStand();
// Hundreds of evenings are no day of one deployment (WT7).
process.env['SPOTIFY_CALLS_PER_DAY'] = '1000000';

const spotify = setUpSimulator({ timeStands: true });

const underneath = requireTrack('Paper Planets').album.id;
const other = requireTrack('Open Window').album;

const keyOf = (track: (typeof catalogue.tracks)[number]): string =>
  songKey({ name: track.name, artists: track.artists.map(({ name }) => name) });

/** Songs that guests ask for: each asked for once, none of which the host's own music brings. */
const wanted = catalogue.tracks.filter(
  (track, index, all) =>
    track.playable &&
    track.album.id !== underneath &&
    track.album.id !== other.id &&
    track.durationMs > 60_000 &&
    all.findIndex((same) => keyOf(same) === keyOf(track)) === index,
);

const operations = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('add'), who: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('vote'),
      who: fc.nat(2),
      song: fc.nat(9),
      value: fc.constantFrom(1, -1, 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take'), song: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move'), song: fc.nat(9), before: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('play now'), song: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'next in the room',
        'next on the phone',
        'twice next on the phone',
        'other album on the phone',
        'run out',
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('near the end', 'past the end') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('restart', 'answer lost', 'call lost', 'restart in the call') }),
  },
);
type Operation = typeof operations extends fc.Arbitrary<infer T> ? T : never;

const queueCall = (party: QueueParty) => ({ path: '/v1/me/player/queue', method: 'POST', account: party.account });

/** One evening, with what has to be remembered to judge it. */
class Evening {
  readonly party: QueueParty;
  readonly #guests: readonly AppClient[];
  readonly added: string[] = [];
  #taken: string | null = null;
  #next = 0;

  private constructor(party: QueueParty, guests: readonly AppClient[]) {
    this.party = party;
    this.#guests = guests;
  }

  static async begin(rule: 'votes' | 'turns', transitions: PlayerModeInput): Promise<Evening> {
    const party = await QueueParty.begin(spotify);
    await spotify.control.setMode(party.account, transitions);
    await party.room.host.send('PATCH', party.room.path, { json: { queueOrder: rule, songsPerGuest: 100 } });
    const guests = await Promise.all(['a', 'b', 'c'].map((name) => party.guest(name)));
    return new Evening(party, guests);
  }

  async #song(place: number): Promise<string | undefined> {
    const queue = await this.party.queue();
    return queue.length === 0 ? undefined : queue[place % queue.length]?.id;
  }

  async do(operation: Operation): Promise<void> {
    const { party } = this;
    const { path, host } = party.room;
    const guest = 'who' in operation ? this.#guests[operation.who] : undefined;
    const song = 'song' in operation ? await this.#song(operation.song) : undefined;
    switch (operation.kind) {
      case 'add': {
        const track = wanted[this.#next];
        if (track === undefined || guest === undefined) return;
        this.#next += 1;
        this.added.push(await party.add(track.uri, guest));
        return;
      }
      case 'vote':
        if (song !== undefined && 'value' in operation) {
          await guest?.send('PUT', `${path}/queue/${song}/vote`, { json: { value: operation.value } });
        }
        return;
      case 'take':
        if (song === undefined) return;
        await party.take(song);
        this.#taken = song;
        return;
      case 'restore':
        if (this.#taken !== null) await party.post(`/queue/${this.#taken}/restore`);
        this.#taken = null;
        return;
      case 'move':
        if (song !== undefined && 'before' in operation) {
          await party.post(`/queue/${song}/move`, { beforeId: (await this.#song(operation.before)) ?? null });
        }
        return;
      case 'play now':
        if (song !== undefined) await party.post(`/queue/${song}/play`);
        return;
      case 'next in the room':
        await host.post(`${path}/playback/next`, {});
        return;
      case 'next on the phone':
        await spotify.control.press(party.account, { press: 'next' });
        return;
      case 'twice next on the phone':
        await spotify.control.press(party.account, { press: 'next' });
        await spotify.control.press(party.account, { press: 'next' });
        return;
      case 'other album on the phone':
        await spotify.control.press(party.account, { press: 'start', contextUri: `spotify:album:${other.id}` });
        return;
      case 'run out':
        await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
        await spotify.control.press(party.account, { press: 'start', uris: [other.trackUris[0] ?? ''] });
        return;
      case 'near the end':
        return this.#approach(300);
      case 'past the end':
        return this.#approach(-300);
      case 'restart':
        return party.watcher.takeOver();
      case 'answer lost':
        await spotify.control.addRule({ when: queueCall(party), times: 1, ...faults.resetAfter() });
        return;
      case 'call lost':
        await spotify.control.addRule({ when: queueCall(party), times: 1, ...faults.resetBefore() });
        return;
      case 'restart in the call':
        await spotify.control.addRule({ when: queueCall(party), times: 1, ...faults.resetAfter() });
        return party.watcher.takeOver();
    }
  }

  /** The watcher lives through the end of the song, from before the earliest hand-over on. */
  #approach(leftMs: number): Promise<void> {
    const around = ({ kind, act }: NextStep): Promise<void> =>
      kind === 'submit' ? this.#see(() => act().then(() => [kind])) : act();
    return this.party.approach(leftMs, { fromMs: 30_000, around });
  }

  /** The watcher looks. */
  look(): Promise<void> {
    return this.#see(() => this.party.watcher.step());
  }

  /** Whatever is handed over was the first of what every screen showed (FD1, OR5). */
  async #see(act: () => Promise<readonly string[]>): Promise<void> {
    const before = (await this.party.queue()).filter(({ state }) => state !== 'pending');
    const did = await act();
    const after = await this.party.queue();
    expect(after.filter(({ state }) => state === 'next').length).toBeLessThanOrEqual(1);
    const next = after.find(({ state }) => state === 'next');
    if (next !== undefined) expect(after[0]?.id).toBe(next.id);
    const handed = did.length === 1 && did[0] === 'submit' && before.every(({ state }) => state === 'queued');
    if (handed && next !== undefined) expect(next.id).toBe(before[0]?.id);
  }

  /** Lets the evening go on until nothing waits any more. */
  async drain(): Promise<void> {
    await spotify.control.clearRules();
    // One more song at least: what was taken out at the last moment may be on its way.
    let songs = 0;
    do {
      await this.#approach(-300);
      await this.look();
      songs += 1;
    } while (songs < 40 && (await this.party.queue()).length > 0);
  }

  /** What was heard of each song of the queue, in ms, by its URI: one entry for every time it began. */
  async heard(): Promise<ReadonlyMap<string, readonly number[]>> {
    await this.party.pass(1_500);
    const { begun } = await this.party.player();
    const heard = new Map<string, number[]>();
    for (const [index, { uri, at, stoppedAt }] of begun.entries()) {
      // Until the next one began, or nothing followed; the last one may still be on.
      const end = stoppedAt ?? begun[index + 1]?.at ?? at + 60_000;
      heard.set(uri, [...(heard.get(uri) ?? []), end - at]);
    }
    return heard;
  }
}

interface Setting {
  readonly what: string;
  readonly transitions: PlayerModeInput;
  /** Evenings that failed once, by what a failure prints. */
  readonly kept: readonly { readonly seed: number; readonly path: string }[];
}

/** How songs give way to each other in the host's Spotify. */
const settings: readonly Setting[] = [
  { what: 'without a crossfade', transitions: {}, kept: [{ seed: 220_435_058, path: '44' }] },
  { what: 'with 5 s of crossfade', transitions: { crossfadeMs: 5_000 }, kept: [{ seed: 1_852_391_740, path: '160' }] },
  { what: 'with 12 s of crossfade', transitions: { crossfadeMs: 12_000 }, kept: [{ seed: 662_910_048, path: '4' }] },
  {
    what: 'with Mix',
    transitions: { mix: { seed: 20_261_130 } },
    kept: [
      { seed: 636_831_211, path: '32' },
      { seed: -938_693_520, path: '107' },
    ],
  },
];

/** The same few evenings every time, fewer where songs fade; `QUEUE_EVENINGS=200` tries as many others with each setting. */
const evenings = process.env['QUEUE_EVENINGS'];
const chosen = (transitions: PlayerModeInput) =>
  evenings === undefined
    ? { numRuns: transitions === settings[0]?.transitions ? 2 : 1, seed: 20_261_125 }
    : { numRuns: Number(evenings) };

/** A song that is heard for longer than this was played, however little of it. */
const noticedMs = 1_000;

/** Whatever happens in an evening, nothing is heard twice, nothing that was taken out is heard, and nothing that was accepted is lost. */
const holds = (transitions: PlayerModeInput) =>
  fc.asyncProperty(
    fc.constantFrom('votes' as const, 'turns' as const),
    fc.array(operations, { minLength: 8, maxLength: 30 }),
    async (rule, evening) => {
      const party = await Evening.begin(rule, transitions);
      for (const operation of evening) {
        await party.do(operation);
        await party.look();
      }
      await party.drain();
      const songs = await party.party.songs();
      const heard = await party.heard();
      // Every song that was acknowledged is there, and nothing waits for ever.
      expect(songs.map(({ id }) => id)).toEqual(party.added);
      for (const { uri, state, reason } of songs) {
        const plays = heard.get(uri) ?? [];
        const noticed = plays.filter((ms) => ms > noticedMs);
        const told = { uri, state, plays };
        expect({ ...told, twice: noticed.length > 1 }).toEqual({ ...told, twice: false });
        expect(['playing', 'played', 'skipped', 'removed']).toContain(state);
        if (state === 'removed') expect({ ...told, noticed }).toEqual({ ...told, noticed: [] });
        if (state === 'removed') expect(reason).not.toBeNull();
        // One that is on may have been stopped, and waits in Spotify's player to be heard.
        if (state === 'played') expect({ ...told, noticed }).toEqual({ ...told, noticed: [expect.any(Number)] });
        // Skipped, or on, is only what began.
        if (state === 'skipped' || state === 'playing') expect(plays.length).toBeGreaterThan(0);
      }
    },
  );

describe('an evening of whatever guests and the host do, over restarts and lost answers', () => {
  test.each(settings)(
    '$what: nothing plays twice, nothing that was taken out plays past its first second, and no song that was accepted is lost',
    async ({ transitions, kept }) => {
      for (const each of kept) await fc.assert(holds(transitions), { ...each, numRuns: 1, endOnFailure: true });
      await fc.assert(holds(transitions), { ...chosen(transitions), endOnFailure: true });
    },
    evenings === undefined ? 240_000 : 7_200_000,
  );
});
