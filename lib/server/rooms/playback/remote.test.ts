import { faults } from '@/simulator/control-client';
import { join, makeParty } from '@/testing/people/app-client';
import { snapshotOf, type TestRoom } from '@/testing/people/party';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';

const spotify = setUpSimulator();

const playback = async (room: TestRoom) => (await snapshotOf(room)).playback;

describe('PB7 play while playing, pause while paused', () => {
  test('are no errors', async () => {
    const room = await makeParty(spotify);
    const press = (what: string) => room.host.post(`${room.path}/playback/${what}`);
    expect((await press('play')).status).toBe(204);
    expect((await press('pause')).status).toBe(204);
    expect((await press('pause')).status).toBe(204);
    expect((await spotify.control.player(room.account)).playing).toBe(false);
    expect((await press('play')).status).toBe(204);
    expect((await spotify.control.player(room.account)).playing).toBe(true);
  });

  test('what a press brings is shown at once', async () => {
    const room = await makeParty(spotify);
    await room.host.post(`${room.path}/playback/pause`);
    expect(await playback(room)).toMatchObject({ status: 'paused', can: { pause: false, resume: true } });
    await room.host.post(`${room.path}/playback/seek`, { positionMs: 60_000 });
    expect((await playback(room)).positionMs).toBe(60_000);
    await room.host.post(`${room.path}/playback/volume`, { percent: 12 });
    expect((await playback(room)).device.volumePercent).toBe(12);
  });
});

describe('CM3 every refusal of Spotify', () => {
  test.each([
    ['premium_required', 403, faults.premiumRequired(), 'premium_required'],
    ['spotify_not_allowed', 403, faults.notRegistered(), 'not_allowed'],
    ['spotify_not_allowed', 403, faults.ownerWithoutPremium(), 'not_allowed'],
    ['playback_restricted', 409, faults.restrictionViolated(), 'connected'],
    ['spotify_rate_limited', 503, faults.rateLimited(7), 'rate_limited'],
    ['spotify_rate_limited', 503, faults.rateLimitedText(), 'rate_limited'],
    ['spotify_rate_limited', 503, faults.quotaExceeded(), 'rate_limited'],
    ['spotify_unavailable', 502, faults.serverError(), 'connected'],
    ['spotify_unavailable', 502, faults.serverErrorHtml(500), 'connected'],
    ['spotify_unavailable', 502, faults.resetBefore(), 'connected'],
    ['spotify_unavailable', 502, faults.accessTokenRefused(), 'unavailable'],
    ['spotify_reconnect', 409, faults.accessTokenRefused('Permissions missing'), 'reconnect'],
  ] as const)('%s (%i)', async (code, status, fault, shown) => {
    const room = await makeParty(spotify);
    await spotify.control.addRule({ when: { path: '/v1/me/player/previous', account: room.account }, ...fault });
    const answer = await room.host.post(`${room.path}/playback/previous`);
    expectProblem(answer, status, code);
    expect(answer.body.detail.length).toBeGreaterThan(20);
    if (code === 'spotify_rate_limited') expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await snapshotOf(room)).spotify.status).toBe(shown);
  });

  test('no device, an unknown device, one without volume', async () => {
    const room = await makeParty(spotify);
    expectProblem(
      await room.host.send('PUT', `${room.path}/device`, { json: { deviceId: 'nobody' } }),
      409,
      'device_not_found',
    );
    const { devices } = (await room.host.get(`${room.path}/devices`)).body;
    expect(devices).toContainEqual({
      id: null,
      name: 'Bath speaker',
      type: 'Speaker',
      isActive: false,
      isRestricted: true,
      volumePercent: 30,
      supportsVolume: true,
    });
    const phone = devices.find(({ name }: { name: string }) => name === 'Phone');
    expect((await room.host.send('PUT', `${room.path}/device`, { json: { deviceId: phone.id } })).status).toBe(204);
    expectProblem(await room.host.post(`${room.path}/playback/volume`, { percent: 5 }), 409, 'volume_not_supported');
    await spotify.control.setDevices(room.account, { devices: [], active: null });
    for (const what of ['play', 'pause', 'next', 'previous']) {
      expectProblem(await room.host.post(`${room.path}/playback/${what}`), 409, 'no_active_device');
    }
    expect((await playback(room)).status).toBe('no_device');
  });

  test('bad positions and volumes never reach Spotify', async () => {
    const room = await makeParty(spotify);
    for (const positionMs of [-1, 1.5, 999_999_999, '5']) {
      expectProblem(await room.host.post(`${room.path}/playback/seek`, { positionMs }), 400, 'invalid_request');
    }
    for (const percent of [-1, 101, 0.5, null]) {
      expectProblem(await room.host.post(`${room.path}/playback/volume`, { percent }), 400, 'invalid_request');
    }
    expect(await spotify.control.calls({ account: room.account, path: '/v1/me/player/seek' })).toHaveLength(0);
  });
});

test('CM2 a sleeping device is woken once', async () => {
  const room = await makeParty(spotify);
  await room.host.post(`${room.path}/playback/pause`);
  await spotify.control.changeDevice(room.account, 'kitchen', 'sleep');
  expect((await room.host.post(`${room.path}/playback/play`)).status).toBe(204);
  expect(await spotify.control.player(room.account)).toMatchObject({ playing: true, activeDevice: 'kitchen' });
});

test('CM1 commands go out one after the other, and an unknown outcome is never repeated', async () => {
  const room = await makeParty(spotify);
  const path = '/v1/me/player/volume';
  const rule = { when: { path, account: room.account }, times: 1 };
  await spotify.control.addRule({ ...rule, ...faults.slow(150) });
  const volume = room.host.post(`${room.path}/playback/volume`, { percent: 10 });
  await spotify.control.waitForCalls({ account: room.account, path }, 1);
  const answers = await Promise.all([
    volume,
    room.host.post(`${room.path}/playback/seek`, { positionMs: 1_000 }),
    room.host.post(`${room.path}/playback/pause`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  const calls = (await spotify.control.calls({ account: room.account })).filter(
    (call) => call.method === 'PUT' && call.path.startsWith('/v1/me/player'),
  );
  expect(calls.map((call) => call.path.split('/').at(-1)).toSorted()).toEqual(['pause', 'seek', 'volume']);
  // The first one took 150 ms: nothing was sent before it was answered.
  const [first, second] = calls.map(({ at }) => Date.parse(at));
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(150);
  await spotify.control.addRule({ ...rule, ...faults.resetAfter() });
  expectProblem(await room.host.post(`${room.path}/playback/volume`, { percent: 40 }), 502, 'spotify_unavailable');
  expect(await spotify.control.calls({ account: room.account, path })).toHaveLength(2);
  // What really happened is read, and shown.
  await until(async () => (await playback(room)).device.volumePercent === 40);
});

test('WT6 while Spotify blocks the deployment, nothing is sent for any room', async () => {
  const [a, b] = [await makeParty(spotify), await makeParty(spotify)];
  await spotify.control.addRule({
    when: { account: a.account, path: '/v1/me/player/previous' },
    times: 1,
    ...faults.quotaExceeded(48_925),
  });
  const blocked = await a.host.post(`${a.path}/playback/previous`);
  expectProblem(blocked, 503, 'spotify_rate_limited');
  expect(Number(blocked.headers.get('retry-after'))).toBe(48_925);
  const before = (await spotify.control.calls()).length;
  const other = await b.host.post(`${b.path}/playback/pause`);
  expectProblem(other, 503, 'spotify_rate_limited');
  expect(Number(other.headers.get('retry-after'))).toBeGreaterThan(48_900);
  expect((await spotify.control.calls()).length).toBe(before);
  const { spotify: shown } = await snapshotOf(b);
  expect(shown.status).toBe('rate_limited');
  expect(Date.parse(shown.retryAt) - Date.now()).toBeGreaterThan(48_000_000);
});

test('EV5 no answer carries a token, a session, an account or, to guests, a device', async () => {
  const room = await makeParty(spotify);
  const guest = await join(room);
  const { rows } = await getPool().query(
    `SELECT r."hostSessionId", r."deviceId", t."accountId", t."sealedAccess", t."sealedRefresh"
     FROM "Room" r JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId" WHERE r."code" = $1`,
    [room.code],
  );
  const secrets = Object.values<string | null>(rows[0]).filter((secret): secret is string => secret !== null);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  const answers = [
    await guest.get(room.path),
    await guest.get('/api/me'),
    await room.host.get('/api/me'),
    await room.host.get('/api/spotify/status'),
    await room.host.get(room.path),
  ];
  const text = JSON.stringify(answers.map(({ body, headers }) => [body, [...headers]]));
  for (const secret of secrets) expect(text).not.toContain(secret);
  for (const cookie of [...room.host.cookies.values(), ...guest.cookies.values()]) expect(text).not.toContain(cookie);
});
