import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { makeParty } from '@/testing/people/app-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';
import { findSong, rememberSongs } from './track-lookup';

const spotify = setUpSimulator();

async function connect() {
  const { host, code, account } = await makeParty(spotify);
  const { rows } = await getPool().query<{ id: string; accountId: string }>(
    `SELECT t."sessionId" AS "id", t."accountId" FROM "SpotifyToken" t
     JOIN "Room" r ON r."hostSessionId" = t."sessionId" WHERE r."code" = $1`,
    [code],
  );
  const [{ id: sessionId, accountId } = { id: '', accountId: '' }] = rows;
  const lookups = async () => {
    const calls = await spotify.control.calls({ account });
    return calls.filter(({ path }) => path.startsWith('/v1/tracks/')).length;
  };
  return { host, account, sessionId, accountId, lookups };
}

const kettle = requireTrack('Kettle');

test('QU1 a song by its URI or a link, asked of Spotify once', async () => {
  const { sessionId, lookups } = await connect();
  const found = await Promise.all([
    findSong(sessionId, kettle.uri),
    findSong(sessionId, `https://open.spotify.com/intl-de/track/${kettle.id}?si=abc`),
  ]);
  expect(found).toEqual([expect.objectContaining({ uri: kettle.uri, name: 'Kettle' }), found[0]]);
  await findSong(sessionId, kettle.uri);
  expect(await lookups()).toBe(1);
});

test('QU2 what is no song, does not exist or cannot be played here', async () => {
  const { sessionId, lookups } = await connect();
  for (const input of ['spotify:episode:0000000000000000000000', 'https://example.com/track/x', '']) {
    await expect(findSong(sessionId, input)).rejects.toMatchObject({ code: 'invalid_uri' });
  }
  expect(await lookups()).toBe(0);
  const unknown = 'spotify:track:0000000000000000000000';
  for (const uri of [unknown, unknown, requireTrack('Withdrawn from Sale').uri]) {
    await expect(findSong(sessionId, uri)).rejects.toMatchObject({ code: 'track_not_found' });
  }
  expect(await lookups()).toBe(2);
});

test('a failure of Spotify is told, and not kept', async () => {
  const { sessionId, account } = await connect();
  const when = { path: '/v1/tracks/:id', account };
  for (const [fault, code] of [
    [faults.serverError(), 'spotify_unavailable'],
    [faults.notRegistered(), 'spotify_not_allowed'],
  ] as const) {
    await spotify.control.addRule({ when, times: 1, ...fault });
    await expect(findSong(sessionId, kettle.uri)).rejects.toMatchObject({ code });
  }
  await expect(findSong(sessionId, kettle.uri)).resolves.toMatchObject({ name: 'Kettle' });
});

test('what a search brought is known, to that account alone; without Spotify nothing is', async () => {
  const { sessionId, accountId, lookups, host } = await connect();
  const other = await connect();
  rememberSongs(accountId, [{ track: await findSong(other.sessionId, kettle.uri), playable: true }]);
  await expect(findSong(sessionId, kettle.uri)).resolves.toMatchObject({ name: 'Kettle' });
  expect([await lookups(), await other.lookups()]).toEqual([0, 1]);
  await host.send('DELETE', '/api/spotify/connection');
  await expect(findSong(sessionId, kettle.uri)).rejects.toMatchObject({ code: 'spotify_not_connected' });
});
