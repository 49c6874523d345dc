import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { until } from '@/testing/until';
import { fault } from './fault';
import type { Member } from './member';
import type { Party } from './party';
import { actOnQueue } from './queue-load';
import { seededRandom } from './random';

const watcher = 0;
const other = 1;

const toQueue = { method: 'POST', path: '/v1/me/player/queue' };
const lookAtQueue = { method: 'GET', path: '/v1/me/player/queue' };

/** A song that is still on when another instance has taken over. */
const long = requireTrack('Pass Me the Remote').uri;
/** Songs of five seconds. */
const shortSongs = catalogue.tracks.filter(({ album }) => album.name === 'Blink and You Miss It').map(({ uri }) => uri);
const [first = '', second = '', third = ''] = shortSongs;

/** Longer than a lease and a turn live, and whoever takes over needs to look twice. */
const takeoverMs = 60_000;

/** Longer than it takes to take up a room that nobody watches, and its reads that nobody waits for. */
const unattendedMs = 90_000;

async function addAll(party: Party, uris: readonly string[]): Promise<void> {
  const [guest] = party.guests;
  assert.ok(guest);
  for (const uri of uris) assert.equal(await party.songs.add(guest, uri), 201);
}

/** Brings what plays so near to its end, in ms, through the app: it knows at once. */
async function leave(party: Party, leftMs: number): Promise<void> {
  const { durationMs } = await party.control.player(party.account);
  const positionMs = (durationMs ?? 0) - leftMs;
  assert.equal((await party.host.send('POST', `${party.path}/playback/seek`, { json: { positionMs } })).status, 204);
}

function begins(party: Party, uri: string, timeoutMs?: number): Promise<unknown> {
  return until(async () => (await party.songs.begun()).includes(uri), timeoutMs);
}

/** All guests ask for the same songs at the same moments, through both instances: each is taken once. */
async function addTogether(party: Party, uris: readonly string[]): Promise<void> {
  for (const uri of uris) {
    const answers = await Promise.all(party.guests.map((guest) => party.songs.add(guest, uri)));
    assert.deepEqual(answers.toSorted(), [201, ...party.guests.slice(1).map(() => 409)], 'QU3 one at a time');
  }
}

interface HandingOver {
  /** What is left of the song that plays, in ms. */
  readonly leftMs: number;
  /** Whether Spotify takes the song. */
  readonly executed: boolean;
  /** Whether what the instance holds ends with it, as if it had been dead for a while. */
  readonly longAgo?: boolean;
}

/** Near the end of what plays its watching instance dies in the call that hands the song over. */
async function dieHandingOver(party: Party, { leftMs, executed, longAgo = false }: HandingOver): Promise<void> {
  const { control, account, deployment, records, roomId, firstCall: after } = party;
  await addAll(party, [long]);
  await control.addRule({ when: { ...toQueue, account }, times: 1, ...faults.hang({ executed }) });
  await leave(party, leftMs);
  await control.waitForCalls({ ...toQueue, account, executed, outcome: 'open', after }, 1, 20_000);
  if (longAgo) {
    for (const table of ['WatchLease', 'CommandTurn']) {
      await records.rows(`UPDATE "${table}" SET "expiresAt" = clock_timestamp() WHERE "roomId" = $1`, [roomId]);
    }
  }
  await deployment.kill(watcher);
  party.host.instance = other;
}

/** The song was handed over once, is on, and nothing waits any more. */
async function playsOnce(party: Party): Promise<void> {
  const { control, account, firstCall: after, songs } = party;
  await party.showsTrack(long, takeoverMs);
  assert.equal((await control.calls({ ...toQueue, account, executed: true, after })).length, 1);
  assert.deepEqual(await songs.waiting(), []);
  assert.deepEqual(await songs.played(), [long]);
  assert.deepEqual(await songs.begun(), [long]);
}

/** Whatever follows the song, it is not the song again. */
async function isOver(party: Party): Promise<void> {
  await leave(party, 2_000);
  await party.shows(({ latest }) => latest?.playback.track != null && latest.playback.track.uri !== long);
  assert.deepEqual(await party.songs.begun(), [long]);
}

/** The other instance has looked that often whether Spotify has the song. @returns the number of the last of these calls */
async function looks(party: Party, count: number): Promise<number> {
  const { control, account, firstCall: after } = party;
  const calls = await control.waitForCalls({ ...lookAtQueue, account, outcome: 'answered', after }, count, takeoverMs);
  return calls.at(-1)?.sequence ?? 0;
}

fault(
  'FD9 kill -9 of the watching instance while it hands a song over, which begins before anybody looks: it plays once',
  // Nobody is at the other instance before: whoever comes from the dead one takes a lease that has ended at once.
  { guests: [1], short: true },
  async (party) => {
    await dieHandingOver(party, { leftMs: 3_000, executed: true, longAgo: true });
    await playsOnce(party);
  },
);

fault(
  'FD9 kill -9 of the watching instance while Spotify takes a song: it is not handed over twice, and plays once',
  { guests: [1, 2] },
  async (party) => {
    const { control, account } = party;
    await dieHandingOver(party, { leftMs: 9_000, executed: true });
    // Somebody at the host's phone wants to hear it again: the song stays in Spotify's queue meanwhile.
    await control.press(account, { press: 'seek', positionMs: 0 });
    const look = await looks(party, 1);
    // One look more, which there is no need for, would have come within these.
    await control.waitForCalls({ method: 'GET', path: '/v1/me/player', account, after: look }, 4, takeoverMs);
    await leave(party, 3_000);
    await playsOnce(party);
    await isOver(party);
  },
);

fault(
  'FD9 kill -9 of the watching instance before Spotify takes a song: another one hands it over, and it plays once',
  { guests: [1, 2] },
  async (party) => {
    await dieHandingOver(party, { leftMs: 9_000, executed: false });
    await party.control.press(party.account, { press: 'seek', positionMs: 0 });
    await looks(party, 2);
    await until(async () => (await party.songs.waiting())[0]?.state === 'queued', takeoverMs);
    await leave(party, 3_000);
    await playsOnce(party);
    await isOver(party);
  },
);

fault('FD10 songs play on in a room whose every page is closed', { guests: [1, 1] }, async (party) => {
  await addAll(party, [first, second, third]);
  await leave(party, 9_000);
  await party.closeScreens();
  await begins(party, third, unattendedMs);
  assert.deepEqual(await party.songs.begun(), [first, second, third]);
  party.watch(party.host, watcher);
});

fault(
  'FD10 songs play on without a page after both instances were killed and one started again',
  { guests: [1, 1] },
  async (party) => {
    const { control, account, deployment } = party;
    await addAll(party, [first, long, second]);
    await leave(party, 9_000);
    await party.closeScreens();
    await begins(party, long, unattendedMs);
    await Promise.all([deployment.kill(watcher), deployment.kill(other)]);
    const after = (await control.calls()).at(-1)?.sequence ?? 0;
    await deployment.startInstance(other);
    party.host.instance = other;
    await control.waitForCalls({ method: 'GET', path: '/v1/me/player', account, after }, 1, takeoverMs);
    // On the host's phone: nobody asks the app for anything.
    const { durationMs } = await control.player(account);
    await control.press(account, { press: 'seek', positionMs: (durationMs ?? 0) - 20_000 });
    await begins(party, second, unattendedMs);
    assert.deepEqual(await party.songs.begun(), [first, long, second]);
    party.watch(party.host, other);
  },
);

fault(
  'FD9 QU3 under load on two instances every song that was acknowledged is played once, waits, or was taken out',
  { guests: [3, 3] },
  async (party) => {
    const { control, account, songs } = party;
    const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
    const random = seededRandom(seed);
    const enough = new AbortController();
    const busy = async (guest: Member): Promise<void> => {
      while (!enough.signal.aborted) {
        guest.instance = Math.floor(random() * party.deployment.urls.length);
        await actOnQueue(party, guest, shortSongs, random);
      }
    };
    try {
      await addTogether(party, shortSongs);
      const running = party.guests.map(busy);
      try {
        await leave(party, 3_000);
        await until(async () => (await songs.begun()).length >= 10, unattendedMs);
      } finally {
        enough.abort();
        await Promise.all(running);
      }
      await control.press(account, { press: 'pause' });
      await party.shows(({ latest }) => latest?.playback.status === 'paused');
      assert.deepEqual(await songs.doubled(), []);
    } catch (error) {
      throw new Error(`It failed with FAULT_SEED=${seed}.`, { cause: error });
    }
  },
);
