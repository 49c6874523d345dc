import { faults } from '@/simulator/control-client';
import { makeRoom } from '@/testing/people/app-client';
import { logIn } from '@/testing/people/spotify-login';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';
import { withScopes } from './scopes';

const spotify = setUpSimulator();

async function host() {
  const room = await makeRoom();
  const account = await spotify.account();
  const { rows } = await getPool().query<{ id: string }>(
    `SELECT "hostSessionId" AS "id" FROM "Room" WHERE "code" = $1`,
    [room.code],
  );
  return { ...room, account, sessionId: rows[0]?.id ?? '' };
}

const work = jest.fn(() => Promise.resolve('done'));
beforeEach(() => work.mockClear());

test('HT5 what the grant lacks is known without a call', async () => {
  const { host: client, account, sessionId } = await host();
  await expect(withScopes(sessionId, 'saving', work)).rejects.toMatchObject({ kind: 'not_connected' });
  await logIn(client, account, '/', 'playlists');
  await expect(withScopes(sessionId, 'saving', work)).rejects.toMatchObject({ code: 'spotify_scope_needed' });
  expect(work).not.toHaveBeenCalled();
  await expect(withScopes(sessionId, 'playlists', work)).resolves.toBe('done');
});

test('HT5 nor is Spotify’s own word about it an end of the connection; other failures stay what they are', async () => {
  const { host: client, account, sessionId } = await host();
  await logIn(client, account, '/', 'playlists');
  const read = () => withScopes(sessionId, 'playlists', (api) => api.getProfile());
  const when = { path: '/v1/me', account };
  const body = { error: { status: 403, message: 'Insufficient client scope' } };
  await spotify.control.addRule({ when, times: 1, action: { kind: 'answer', status: 403, body } });
  await expect(read()).rejects.toMatchObject({ code: 'spotify_scope_needed' });
  await spotify.control.addRule({ when, times: 1, ...faults.serverError() });
  await expect(read()).rejects.toMatchObject({ kind: 'server_error' });
  await expect(read()).resolves.toMatchObject({ displayName: expect.any(String) });
});
