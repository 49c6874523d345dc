import { getPool } from '@/lib/server/db/connection/pool';
import { AppClient, join, makeParty } from '@/testing/people/app-client';
import { enter, snapshotOf } from '@/testing/people/party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const dayOfCalls = 160;
process.env['SPOTIFY_CALLS_PER_DAY'] = String(dayOfCalls);
const spotify = setUpSimulator({ timeStands: true });

const forget = () => getPool().query(`DELETE FROM "SpotifyCallCount"; DELETE FROM "rate_limit"`);
beforeEach(forget);

/** What an id of a song that does not exist looks like. */
const noSong = (index: number): string => `spotify:track:${String(index).padStart(22, '0')}`;

test('WT12 one person with many cookies spends a quarter of the day, and another room hears nothing of it', async () => {
  const [room, other] = [await makeParty(spotify), await makeParty(spotify)];
  const guest = await join(other);
  await room.host.send('PATCH', room.path, { json: { guestsCanPause: true } });
  await forget();
  const { address } = new AppClient();
  const cookies = await Promise.all(['a', 'b', 'c'].map((name) => enter(room.path, new AppClient(address), name)));
  const answers: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    for (const one of cookies) {
      answers.push((await one.get(`${room.path}/search?q=word${answers.length}`)).status);
      answers.push((await one.post(`${room.path}/queue`, { uri: noSong(answers.length) })).status);
    }
  }
  const caused = await spotify.control.calls({ account: room.account });
  const searched = caused.filter(({ path }) => path.startsWith('/v1/search') || path.startsWith('/v1/tracks'));
  expect(searched).toHaveLength(dayOfCalls / 4);
  expect(answers.slice(dayOfCalls / 4)).toEqual(answers.slice(dayOfCalls / 4).map(() => 429));
  expect((await cookies[0]?.post(`${room.path}/playback/pause`))?.status).toBe(429);
  const [{ memberId } = { memberId: '' }] = cookies;
  await room.host.send('PATCH', `${room.path}/members/${memberId}`, { json: { coHost: true } });
  expect((await cookies[0]?.post(`${room.path}/playback/next`))?.status).toBe(429);
  // The other room: searches, presses and what it shows.
  expect((await guest.get(`${other.path}/search?q=kettle`)).status).toBe(200);
  expect((await other.host.get(`${other.path}/search?q=tide`)).status).toBe(200);
  expect((await other.host.post(`${other.path}/playback/pause`)).status).toBe(204);
  expect((await snapshotOf(other)).spotify).toEqual({ status: 'connected' });
  // And the host of the room itself.
  expect((await room.host.get(`${room.path}/search?q=tide`)).status).toBe(200);
  expect((await room.host.post(`${room.path}/playback/pause`)).status).toBe(204);
});

test('WT12 what was asked lately costs nobody anything, and look-ups give way like searches', async () => {
  const room = await makeParty(spotify);
  const guest = await join(room);
  await forget();
  for (let times = 0; times < 5; times += 1) await guest.get(`${room.path}/search?q=the same words`);
  await guest.post(`${room.path}/queue`, { uri: noSong(1) });
  const { rows } = await getPool().query(`SELECT "calls" FROM "SpotifyCallCount" WHERE "kind" = 'search'`);
  expect(rows).toEqual([{ calls: 2 }]);
});
