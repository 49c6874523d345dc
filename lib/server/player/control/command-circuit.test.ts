import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join, makeParty } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { CommandCircuit } from './command-circuit';

const spotify = setUpSimulator({ timeStands: true });
const player = '/v1/me/player';
const song = requireTrack('Low Tide');

afterEach(() => jest.restoreAllMocks());

/** From now on it is so many ms later, for the app. */
function pass(ms: number): void {
  const at = Date.now() + ms;
  jest.spyOn(Date, 'now').mockReturnValue(at);
}

const fail = (room: Party, path: string, fault: object = faults.serverError(), times?: number) =>
  spotify.control.addRule({
    when: { account: room.account, path: `${player}/${path}` },
    ...(times !== undefined && { times }),
    ...faults.serverError(),
    ...fault,
  });
const turnDown = (room: Party) => room.host.post(`${room.path}/playback/volume`, { percent: 20 });
const turnDownOften = async (room: Party, times: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) statuses.push((await turnDown(room)).status);
  return statuses;
};
const sent = async (room: Party, path: string): Promise<number> =>
  (await spotify.control.calls({ account: room.account, path: `${player}/${path}` })).length;

describe('CM6 five commands that Spotify fails within 30 s', () => {
  test.each([
    ['with a 503', faults.serverError()],
    ['with a page', faults.serverErrorHtml(500)],
    ['by a broken connection', faults.resetBefore()],
    ['by silence', faults.hang()],
  ])('%s: everybody is refused at once, and nothing is sent', async (_how, fault) => {
    const room = await makeParty(spotify, { guestsCanPause: true });
    const guest = await join(room);
    await fail(room, 'volume', fault);
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(Math.min(ms, 100)));
    pass(0);
    expect(await turnDownOften(room, 5)).toEqual([502, 502, 502, 502, 502]);
    pass(6_500);
    const { playback } = await snapshotOf(room);
    for (const refused of [
      await turnDown(room),
      await guest.post(`${room.path}/playback/pause`),
      await room.host.post(`${room.path}/playback/next`),
      await room.host.post(`${room.path}/skip-votes`, { playId: playback.playId }),
    ]) {
      expectProblem(refused, 502, 'spotify_unavailable');
      expect(refused.headers.get('retry-after')).toBe('4');
    }
    expect(await Promise.all([sent(room, 'volume'), sent(room, 'pause'), sent(room, 'next')])).toEqual([5, 0, 0]);
  });

  test('then one is let through: it fails, and 10 s more; it succeeds, and everything goes on', async () => {
    const room = await makeParty(spotify);
    await fail(room, 'volume', {}, 6);
    pass(0);
    await turnDownOften(room, 5);
    pass(9_999);
    expect((await turnDown(room)).headers.get('retry-after')).toBe('1');
    pass(1);
    expect(await turnDownOften(room, 3)).toEqual([502, 502, 502]);
    expect(await sent(room, 'volume')).toBe(6);
    pass(10_000);
    expect(await turnDownOften(room, 2)).toEqual([204, 204]);
    await fail(room, 'volume', {}, 4);
    expect(await turnDownOften(room, 5)).toEqual([502, 502, 502, 502, 204]);
    // A skip that was refused is free to be tried again, and the vote counts.
    const { playId } = (await snapshotOf(room)).playback;
    expect((await room.host.post(`${room.path}/skip-votes`, { playId })).body.skipped).toBe(true);
  });

  test('whoever waits behind the fifth is refused as well, and at once', async () => {
    const room = await makeParty(spotify, { guestsCanPause: true });
    const guest = await join(room);
    await fail(room, 'volume', {}, 4);
    await turnDownOften(room, 4);
    await fail(room, 'volume', { delayMs: 250 });
    const presses = [turnDown(room)];
    await spotify.control.waitForCalls({ account: room.account, path: `${player}/volume` }, 5);
    presses.push(room.host.post(`${room.path}/playback/seek`, { positionMs: 1_000 }));
    presses.push(guest.post(`${room.path}/playback/pause`));
    for (const refused of await Promise.all(presses)) expectProblem(refused, 502, 'spotify_unavailable');
    expect(await Promise.all([sent(room, 'seek'), sent(room, 'pause')])).toEqual([0, 0]);
  });

  test('another room is asked all the same', async () => {
    const [room, other] = [await makeParty(spotify), await makeParty(spotify)];
    await fail(room, 'volume');
    expect(await turnDownOften(room, 5)).not.toContain(204);
    expect((await turnDown(other)).status).toBe(204);
  });

  test('a play that nobody knows the outcome of is one of them', async () => {
    const party = await QueueParty.begin(spotify);
    await party.post('/playback/pause');
    await spotify.control.setDevices(party.account, { devices: [], active: null });
    await party.watcher.step();
    await party.add(song.uri);
    await fail(party.room, 'play');
    for (let index = 0; index < 5; index += 1) await party.post('/playback/play');
    const calls = await sent(party.room, 'play');
    expectProblem(await party.post('/playback/play'), 502, 'spotify_unavailable');
    expect([calls, await sent(party.room, 'play')]).toEqual([5, 5]);
  });
});

test.each([
  ['without a device', faults.noActiveDevice(), 409],
  ['that Spotify restricts', faults.restrictionViolated(), 409],
  ['without Premium', faults.premiumRequired(), 403],
])('CM6 a refusal is an answer: presses %s are sent as often as somebody presses', async (_what, fault, status) => {
  const room = await makeParty(spotify);
  await fail(room, 'volume', fault);
  expect(await turnDownOften(room, 7)).toEqual(Array.from({ length: 7 }, () => status));
  expect(await sent(room, 'volume')).toBe(7);
});

test('CM6 a song that is due is handed over all the same, and with it the remote works again', async () => {
  const party = await QueueParty.begin(spotify);
  await party.add(song.uri);
  await fail(party.room, 'volume', {}, 5);
  await turnDownOften(party.room, 5);
  expectProblem(await turnDown(party.room), 502, 'spotify_unavailable');
  await party.leave(12_000);
  await fail(party.room, 'queue', faults.hang(), 1);
  const handOver = party.watcher.step();
  const call = { account: party.account, path: `${player}/queue`, method: 'POST' };
  await spotify.control.waitForCalls(call, 1);
  expectProblem(await turnDown(party.room), 502, 'spotify_unavailable');
  // Nobody waits behind it.
  expect(await spotify.control.calls(call)).toMatchObject([{ outcome: 'open' }]);
  await spotify.control.release();
  await handOver;
  expect((await party.player()).queue).toEqual([song.uri]);
  expect((await turnDown(party.room)).status).toBe(204);
});

describe('CM6 the circuit', () => {
  const failing = (...times: readonly number[]): boolean[] => {
    const circuit = new CommandCircuit();
    return times.map((at) => circuit.fail(at));
  };

  test('opens at the fifth failure within 30 s', () => {
    expect(failing(0, 1, 2, 3, 29_999)).toEqual([false, false, false, false, true]);
    expect(failing(0, 1, 2, 3, 30_000, 30_001)).toEqual([false, false, false, false, false, false]);
  });

  test('refuses for 10 s; a failure of what was on its way makes that no longer, the next one opens it again', () => {
    const circuit = new CommandCircuit();
    for (const at of [0, 0, 0, 0, 0]) circuit.fail(at);
    expect([circuit.refusedForMs(1), circuit.fail(4_000), circuit.refusedForMs(10_000)]).toEqual([9_999, false, 0]);
    expect([circuit.fail(60_000), circuit.refusedForMs(60_001)]).toEqual([true, 9_999]);
  });
});
