import { getPool } from '@/lib/server/db/connection/pool';
import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import type { TestRoom } from '@/testing/people/party';
import { add, uriOf } from '@/testing/engine/quiet-room';
import { logIn } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';

const spotify = setUpSimulator();

const codeFor = async ({ host, path }: TestRoom): Promise<string> =>
  (await host.post(`${path}/transfer`)).body.transfer.code;
const take = (person: AppClient, code: string, name?: string) =>
  person.post('/api/transfers', { code, ...(name === undefined ? {} : { name }) });
const roleOf = async (person: AppClient) => (await person.get('/api/me')).body.room?.role;

describe('TR1 a code', () => {
  test('has 128 random bits, which stand in the fragment alone, for five minutes', async () => {
    const room = await makeRoom();
    const { status, body } = await room.host.post(`${room.path}/transfer`);
    const { code, url, expiresAt } = body.transfer;
    expect([status, Buffer.from(code, 'base64url').length]).toEqual([201, 16]);
    expect(url).toMatch(new RegExp(`^https?://[^/]+/transfer#${code}$`));
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 60_000)).toBe(5);
    const { rows } = await getPool().query(
      `SELECT t::text AS "row" FROM "Transfer" t JOIN "Room" r ON r."id" = t."roomId" WHERE r."code" = $1`,
      [room.code],
    );
    expect(rows[0].row).not.toContain(code);
    expect(await roleOf(room.host)).toBe('host');
  });

  test('is replaced by the next one, expires, and ends with the room', async () => {
    const room = await makeRoom();
    const [old, code] = [await codeFor(room), await codeFor(room)];
    expectProblem(await take(new AppClient(), old), 404, 'transfer_not_found');
    await getPool().query(
      `UPDATE "Transfer" SET "expiresAt" = now() - interval '1 second' WHERE "roomId" = (SELECT "id" FROM "Room" WHERE "code" = $1)`,
      [room.code],
    );
    expectProblem(await take(new AppClient(), code), 404, 'transfer_not_found');
    const last = await codeFor(room);
    await room.host.send('DELETE', room.path);
    expectProblem(await take(new AppClient(), last), 404, 'transfer_not_found');
  });

  test('RM-01 is not guessed: misses count as codes that lead nowhere', async () => {
    const [guesser, room] = [new AppClient(), await makeRoom()];
    const code = await codeFor(room);
    for (let tries = 0; tries < 30; tries += 1)
      expectProblem(await take(guesser, `guess${tries}`), 404, 'transfer_not_found');
    expectProblem(await take(guesser, code), 429, 'rate_limited');
    expect((await take(new AppClient(), code)).status).toBe(200);
  });
});

describe('TR2 the host goes on', () => {
  test('on a device that is new, with the login; the one before is a guest, and hears it', async () => {
    const room = await makeParty(spotify);
    const [phone, computer] = [new AppClient(), await readEvents(room.host, room.path)];
    await computer.next('snapshot');
    const { status, body } = await take(phone, await codeFor(room));
    expect([status, body.room.code, body.member]).toEqual([
      200,
      room.code,
      { id: expect.any(String), name: 'Host', role: 'host' },
    ]);
    await until(() => computer.events.some(({ type, data }) => type === 'you' && JSON.parse(data).role === 'guest'));
    computer.close();
    expect([await roleOf(phone), await roleOf(room.host)]).toEqual(['host', 'guest']);
    expect((await phone.post(`${room.path}/playback/pause`)).status).toBe(204);
    expect((await phone.get('/api/spotify/status')).body.authenticated).toBe(true);
    expect((await room.host.get('/api/spotify/status')).body).toEqual({ authenticated: false });
    expectProblem(await room.host.send('DELETE', room.path), 403, 'host_only');
  });

  test('as a guest of the room, with the same name, votes and songs', async () => {
    const room = await makeParty(spotify);
    const guest = await join(room, 'Ada');
    await room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { coHost: true } });
    const { item } = (await add(guest, room, uriOf(0))).body;
    await guest.send('PUT', `${room.path}/queue/${item.id}/vote`, { json: { value: 1 } });
    expect((await take(guest, await codeFor(room))).body.member).toEqual({
      id: guest.memberId,
      name: 'Ada',
      role: 'host',
    });
    const { queue } = (await guest.get(room.path)).body.snapshot;
    expect(queue).toMatchObject([{ id: item.id, addedBy: guest.memberId, voters: { [guest.memberId]: 1 } }]);
    // And back: whoever was the host is a plain guest, whatever they were before.
    const back = (await guest.post(`${room.path}/transfer`)).body.transfer.code;
    expect((await take(room.host, back, 'Mia')).body.member).toMatchObject({ name: 'Mia', role: 'host' });
    expect((await guest.get(room.path)).body.you).toMatchObject({ role: 'guest', coHost: false });
  });

  test('SE-03 with a new cookie, and the old one is a stranger’s', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    const planted = new AppClient();
    for (const [name, value] of guest.cookies) planted.cookies.set(name, value);
    await take(guest, await codeFor(room));
    expect(await roleOf(guest)).toBe('host');
    expectProblem(await planted.get(room.path), 403, 'not_a_member');
  });

  test('leaving the room in which they were a guest, and the login that they had', async () => {
    const [room, other] = [await makeParty(spotify), await makeRoom()];
    const phone = await join(other);
    await take(phone, await codeFor(room));
    expectProblem(await phone.get(other.path), 403, 'not_a_member');
    expect(await roleOf(phone)).toBe('host');
  });

  test('once, and again for who has gone already, also when the answer was lost', async () => {
    const room = await makeParty(spotify);
    const guest = await join(room);
    const code = await codeFor(room);
    const before = new AppClient(guest.address);
    for (const [name, value] of guest.cookies) before.cookies.set(name, value);
    const first = await take(guest, code);
    expect((await take(guest, code)).body).toEqual(first.body);
    expectProblem(await take(new AppClient(), code), 404, 'transfer_not_found');
    expect((await take(before, code)).body).toEqual(first.body);
    expect(await roleOf(before)).toBe('host');
    expect((await before.post(`${room.path}/playback/pause`)).status).toBe(204);
  });

  test('of two who come with one code at once, one', async () => {
    const room = await makeParty(spotify);
    const code = await codeFor(room);
    const people = [await join(room), await join(room), new AppClient()];
    const answers = await Promise.all(people.map((person) => take(person, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
    const roles = await Promise.all(people.map(roleOf));
    expect(roles.filter((role) => role === 'host')).toHaveLength(1);
    expect((await room.host.get(room.path)).body.snapshot.spotify).toEqual({ status: 'connected' });
  });
});

describe('TR2 is refused, and the code stays good,', () => {
  test('to somebody who was removed, hosts another room, or is the host', async () => {
    const room = await makeRoom();
    const removed = await join(room);
    await room.host.send('DELETE', `${room.path}/members/${removed.memberId}`);
    const elsewhere = (await makeRoom()).host;
    const code = await codeFor(room);
    expectProblem(await take(removed, code), 403, 'removed_by_host');
    expectProblem(await take(elsewhere, code), 409, 'already_hosting');
    expectProblem(await take(room.host, code), 409, 'already_hosting');
    expect((await take(new AppClient(), code)).status).toBe(200);
  });
});

describe('TR3 a login that moves', () => {
  test('while it is being refreshed moves with what that brings', async () => {
    const room = await makeParty(spotify);
    const code = await codeFor(room);
    const before = (await spotify.control.calls({ path: '/api/token' })).length;
    await spotify.control.addRule({ when: { path: '/api/token' }, times: 1, ...faults.hang({ executed: true }) });
    const refreshed = room.host.post('/api/spotify/refresh?force=1');
    await spotify.control.waitForCalls({ path: '/api/token' }, before + 1);
    const phone = new AppClient();
    const taken = take(phone, code);
    // Far more than moving takes.
    for (let asked = 0; asked < 30; asked += 1) await room.host.get(room.path);
    await spotify.control.release();
    expect([(await refreshed).status, (await taken).status]).toEqual([200, 200]);
    expect((await phone.post(`${room.path}/playback/pause`)).status).toBe(204);
    expect((await phone.post('/api/spotify/refresh?force=1')).status).toBe(200);
  });

  test('and has ended asks for a new one there', async () => {
    const room = await makeParty(spotify);
    await getPool().query(
      `UPDATE "SpotifyToken" SET "sealedAccess" = NULL, "sealedRefresh" = NULL, "grantEndedAt" = now()
       WHERE "sessionId" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
      [room.code],
    );
    const phone = new AppClient();
    expect((await take(phone, await codeFor(room))).status).toBe(200);
    expect((await phone.get(room.path)).body.snapshot.spotify).toEqual({ status: 'reconnect' });
  });

  test('that was never there is not there either', async () => {
    const room = await makeRoom();
    const phone = new AppClient();
    await take(phone, await codeFor(room));
    expect((await phone.get(room.path)).body.snapshot.spotify).toEqual({ status: 'not_connected' });
  });
});

test('TR1 LG7 the host who takes the room back by logging in ends the codes of the one before', async () => {
  const room = await makeParty(spotify);
  const phone = new AppClient();
  await take(phone, await codeFor(room));
  const code = (await phone.post(`${room.path}/transfer`)).body.transfer.code;
  await logIn(room.host, room.account);
  expect(await roleOf(room.host)).toBe('host');
  expectProblem(await take(new AppClient(), code), 404, 'transfer_not_found');
});
