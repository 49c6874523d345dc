import { loadPlayerState } from '@/lib/server/player/state/store';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import type { PlayerModeInput } from '@/simulator/player/special-modes';
import { logIn } from '@/testing/people/spotify-login';
import { songs } from '@/testing/engine/quiet-room';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { makePlaylist } from '@/testing/engine/simulated-playlist';
import { letTheClockStand } from '@/testing/engine/standing-clock';

letTheClockStand();
const spotify = setUpSimulator({ timeStands: true });

const underneath = requireTrack('Paper Planets').album.id;
const wishes = songs
  .filter(({ album, durationMs }) => album.id !== underneath && durationMs > 90_000)
  .map(({ uri }) => uri);

/** Songs of the longest row, in tens; `QUEUE_SONGS=100` plays more of them. */
const inARow = Number(process.env['QUEUE_SONGS'] ?? 10);

const slider: PlayerModeInput = { crossfadeMs: 12_000 };
const mix: PlayerModeInput = { mix: { seed: 20_261_130 } };

/** A party whose host's Spotify lets songs give way like this. */
async function begin(mode: PlayerModeInput): Promise<QueueParty> {
  const party = await QueueParty.begin(spotify);
  await spotify.control.setMode(party.account, mode);
  return party;
}

/** How long before the earliest hand-over the watcher begins to look, in ms. */
const lifeOf = ({ mix }: PlayerModeInput): number => (mix === undefined ? 20_000 : 65_000);

/** What is heard at so many changes of song; a look follows each of them a moment later. */
async function hear(party: QueueParty, changes: number, mode: PlayerModeInput, attended = true): Promise<string[]> {
  const heard: string[] = [];
  for (let change = 0; change < changes; change += 1) {
    await party.approach(-1_500, { fromMs: lifeOf(mode), attended });
    heard.push((await party.player()).itemUri ?? '');
  }
  return heard;
}

/** Lives through a change of song. @returns how long before it the next song was handed over, in ms; null when none was */
async function handOver(party: QueueParty): Promise<number | null> {
  let leftMs: number | null = null;
  await party.approach(-1_500, {
    fromMs: 90_000,
    around: async ({ kind, act }) => {
      await act();
      const { durationMs, positionMs } = await party.player();
      if (kind === 'submit') leftMs = (durationMs ?? 0) - positionMs;
    },
  });
  return leftMs;
}

describe('FD12 songs that give way before their end', () => {
  test.each([
    ['without a crossfade', {}, true, 0],
    ['with 5 s of crossfade', { crossfadeMs: 5_000 }, true, 0],
    ['with 12 s of crossfade and no open page', slider, false, 0],
    ['with Mix, which nobody knew of', mix, true, 1],
  ] as const)(
    'ten songs in a row, %s',
    async (_what, mode, attended, tooLate) => {
      const party = await begin(mode);
      const wanted = wishes.slice(0, 10);
      for (const uri of wanted) await party.add(uri);
      const heard = await hear(party, 11 + tooLate, mode, attended);
      // One change in time is what Mix costs a room that has not seen it.
      expect(heard.slice(0, tooLate).filter((uri) => wanted.includes(uri))).toEqual([]);
      expect(heard.slice(tooLate, 10 + tooLate)).toEqual(wanted);
      await party.watcher.step();
      expect(await party.states()).toEqual(Object.fromEntries(wanted.map((uri) => [uri, 'played'])));
      expect(await party.handed()).toBe(10);
    },
    120_000,
  );

  test(`${inARow} songs in a row with 12 s of crossfade: in their order, and each of them played`, async () => {
    const party = await begin(slider);
    const wanted = Array.from({ length: inARow }, (_, index) => wishes[index % 50] ?? '');
    // The host's: guests add at a pace (QU13), and the clock stands.
    const addTen = async (from: number): Promise<void> => {
      for (const uri of wanted.slice(from, from + 10)) expect(await party.add(uri)).toEqual(expect.any(String));
    };
    await addTen(0);
    const heard: string[] = [];
    for (let ten = 0; ten < inARow; ten += 10) {
      // Before the last ones are heard the next are there.
      if (ten < inARow - 10) await addTen(ten + 10);
      heard.push(...(await hear(party, 10, slider)));
    }
    expect(heard).toEqual(wanted);
    const songs = await party.songs();
    expect(songs.map(({ state }) => state)).toEqual([...wanted.slice(1).map(() => 'played'), 'playing']);
    expect(await party.handed()).toBe(inARow);
  }, 300_000);

  test('votes count until 13 s before the end; where the slider is at its end, until 15', async () => {
    const quiet = await begin({});
    for (const uri of wishes.slice(0, 3)) await quiet.add(uri);
    expect([await handOver(quiet), await handOver(quiet)]).toEqual([13_000, 13_000]);
    const fading = await begin(slider);
    for (const uri of wishes.slice(0, 3)) await fading.add(uri);
    expect([await handOver(fading), await handOver(fading)]).toEqual([13_000, 15_000]);
  });

  test('Mix is learnt from the host’s own music, survives a takeover, and is forgotten when it is off', async () => {
    const party = await begin(mix);
    await handOver(party);
    for (const uri of wishes.slice(0, 5)) await party.add(uri);
    await party.watcher.takeOver();
    const { durationMs, earlyEndMs } = await party.player();
    const lead = await handOver(party);
    expect(lead).toBeGreaterThan(earlyEndMs);
    expect(lead).toBeLessThan(durationMs ?? 0);
    expect((await party.player()).itemUri).toBe(wishes[0]);
    await spotify.control.setMode(party.account, { mix: null });
    const leads = [await handOver(party), await handOver(party), await handOver(party)];
    expect(leads.at(-1)).toBe(13_000);
  });

  test('what was learnt goes with the host’s account', async () => {
    const party = await begin(mix);
    await handOver(party);
    const known = async () => (await loadPlayerState(party.watcher.roomId))?.earlyEnds;
    await party.watcher.step();
    expect(await known()).toHaveLength(1);
    await logIn(party.room.host, await spotify.account());
    expect(await known()).toEqual([]);
  });

  test('a skip by hand teaches nothing, and neither does one in the room', async () => {
    const party = await begin({});
    await handOver(party);
    for (const uri of wishes.slice(0, 5)) await party.add(uri);
    await handOver(party);
    // On the host's phone, where Mix would let it give way.
    await party.approach(30_000);
    await spotify.control.press(party.account, { press: 'next' });
    await party.live(5_000);
    expect((await party.states())[wishes[0] ?? '']).toBe('skipped');
    expect(await handOver(party)).toBe(13_000);
    await party.approach(25_000);
    expect((await party.post('/playback/next', {})).status).toBe(204);
    await party.live(1_500);
    expect(await handOver(party)).toBe(13_000);
  });

  test('a skip of the room’s shortly before the end is one, with a crossfade too', async () => {
    const party = await begin(slider);
    for (const uri of wishes.slice(0, 2)) await party.add(uri);
    await hear(party, 1, slider);
    await party.approach(2_000);
    expect((await party.post('/playback/next', {})).status).toBe(204);
    await party.live(1_500);
    expect(await party.states()).toEqual({ [wishes[0] ?? '']: 'skipped', [wishes[1] ?? '']: 'playing' });
  });

  test('one that ended unseen while no instance ran was played', async () => {
    const party = await begin(slider);
    for (const uri of wishes.slice(0, 2)) await party.add(uri);
    await hear(party, 1, slider);
    await party.approach(500);
    // The second one plays through, and the host's own music comes after it, 3 s ago.
    await party.leave(0);
    const { durationMs, earlyEndMs, positionMs } = await party.player();
    await party.pass((durationMs ?? 0) - earlyEndMs - positionMs + 3_000);
    await party.watcher.takeOver();
    await party.watcher.step();
    expect(await party.states()).toEqual({ [wishes[0] ?? '']: 'played', [wishes[1] ?? '']: 'played' });
  });

  test('WT3 what plays is looked at before a song is handed over: the host may have gone back in it', async () => {
    const party = await begin({});
    await party.add(wishes[0] ?? '');
    await party.approach(16_000, { attended: false, fromMs: 25_000 });
    await spotify.control.press(party.account, { press: 'seek', positionMs: 0 });
    await party.live(10_000, { attended: false });
    expect(await party.states()).toEqual({ [wishes[0] ?? '']: 'queued' });
    expect(await hear(party, 1, {}, false)).toEqual(wishes.slice(0, 1));
  });

  test('WT4 at most 15 reads a minute, the song on every screen a second after it began, and with Mix 5', async () => {
    for (const [mode, withinMs] of [
      [slider, 1_000],
      [mix, 5_000],
    ] as const) {
      const party = await begin(mode);
      for (const uri of wishes.slice(0, 4)) await party.add(uri);
      await hear(party, 2, mode);
      const reads: number[] = [];
      const late: number[] = [];
      let shown = (await party.player()).itemUri;
      const { positionMs, durationMs } = await party.player();
      await party.live((durationMs ?? 0) - positionMs + 200_000, {
        around: async ({ kind, act }) => {
          if (kind === 'read') reads.push(party.elapsedMs);
          await act();
          const player = await party.player();
          if (player.itemUri !== shown && kind === 'read') late.push(player.positionMs);
          if (kind === 'read') shown = player.itemUri;
        },
      });
      const busiest = reads.map((at) => reads.filter((read) => read > at - 60_000 && read <= at).length);
      expect(Math.max(...busiest)).toBeLessThanOrEqual(15);
      expect(late.length).toBeGreaterThan(0);
      expect(Math.max(...late)).toBeLessThanOrEqual(withinMs);
    }
  }, 120_000);
});

test('FD6 the playlist that the host has just chosen follows also where songs fade into each other', async () => {
  const party = await begin(slider);
  await hear(party, 1, slider);
  await logIn(party.room.host, party.account, '/', 'playlists');
  const playlistId = await makePlaylist(spotify, party.account, 'Friday', wishes.slice(0, 3));
  await party.room.host.send('PUT', `${party.room.path}/fallback`, { json: { playlistId } });
  await hear(party, 1, slider);
  expect(await party.player()).toMatchObject({ itemUri: wishes[0], contextUri: `spotify:playlist:${playlistId}` });
});
