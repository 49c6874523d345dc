import { getPool } from '@/lib/server/db/connection/pool';
import { purge } from '@/lib/server/db/purge';
import { add, quietRooms, uriOf } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { hostRoom, snapshotOf } from '@/testing/people/party';
import { beginLogin, consent, logIn } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';

const spotify = setUpSimulator();
const quietRoom = quietRooms(spotify);

const logOut = (person: AppClient) => person.send('DELETE', '/api/session');
const logOutOthers = (person: AppClient) => person.send('DELETE', '/api/session?others=1');

/** Somebody who has a copy of this person's cookie. */
function thiefOf(person: AppClient): AppClient {
  const thief = new AppClient();
  for (const [name, value] of person.cookies) thief.cookies.set(name, value);
  return thief;
}

/** What the room's stream says to this person from now on; once there is a snapshot. */
async function listen(person: AppClient, path: string) {
  const stream = await readEvents(person, path);
  await stream.next('snapshot');
  return stream;
}

async function countLogins(): Promise<number> {
  const { rows } = await getPool().query(`SELECT count(*)::int AS "n" FROM "SpotifyToken"`);
  return rows[0].n;
}

const hasLogin = async (person: AppClient): Promise<boolean> =>
  (await person.get('/api/me')).body.spotify.authenticated;

/** Somebody who has logged in with this account. */
async function hostOf(account: string): Promise<AppClient> {
  const person = new AppClient();
  await logIn(person, account);
  return person;
}

describe('LG10 log out', () => {
  test('a guest leaves, and a copy of the cookie names nobody; the room and the songs stay', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    await add(guest, room, uriOf(0));
    const thief = thiefOf(guest);
    const streams = [await listen(guest, room.path), await listen(room.host, room.path)];
    const answer = await logOut(guest);
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(answer.headers.getSetCookie()).toEqual(['roomtone_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
    await until(() => streams[0]?.closed());
    expect(streams[0]?.events.at(-1)?.type).toBe('left');
    expectProblem(await thief.get(room.path), 403, 'not_a_member');
    // Who comes back with it is somebody new.
    expect((await thief.post(`${room.path}/members`, { name: 'Bob' })).body.member.id).not.toBe(guest.memberId);
    await purge();
    expect((await snapshotOf(room)).queue).toHaveLength(1);
    expect(streams[1]?.closed()).toBe(false);
    streams[1]?.close();
  });

  test('a host’s room ends for everybody, and the login is deleted', async () => {
    const room = await makeParty(spotify);
    const guest = await join(room);
    const streams = [await listen(guest, room.path), await listen(room.host, room.path)];
    const [thief, logins] = [thiefOf(room.host), await countLogins()];
    expect((await logOut(room.host)).status).toBe(204);
    for (const stream of streams) {
      await until(() => stream.closed());
      expect(stream.events.at(-1)?.type).toBe('ended');
    }
    expect(await countLogins()).toBe(logins - 1);
    expect((await thief.get('/api/me')).body).toEqual({ room: null, spotify: { authenticated: false } });
    await purge();
    expectProblem(await guest.get(room.path), 410, 'room_ended');
  });

  test('is done already, again and without a session', async () => {
    const person = (await makeRoom()).host;
    const copy = thiefOf(person);
    for (const who of [person, person, copy, new AppClient()]) expect((await logOut(who)).status).toBe(204);
    expect((await person.post('/api/rooms', {})).status).toBe(201);
  });

  test('a login that was on its way is over', async () => {
    const account = await spotify.account();
    const person = (await makeRoom()).host;
    const callback = await consent(await beginLogin(person), account);
    const [late, logins] = [thiefOf(person), await countLogins()];
    await logOut(person);
    const answer = await late.fetch('GET', callback);
    expect(answer.headers.get('location')).toBe('/?spotify=expired');
    expect(await countLogins()).toBe(logins);
  });
});

describe('LG11 log out everywhere else', () => {
  test('every other session of the account is out; the one that asks keeps room and login under a new cookie', async () => {
    const account = await spotify.account();
    const [host, other, visitor] = [await hostOf(account), await hostOf(account), await hostOf(account)];
    const [room, elsewhere, strange] = [
      await hostRoom(host),
      await hostRoom(other),
      await makeParty(spotify, { name: 'of another account' }),
    ];
    await visitor.post(`${strange.path}/members`, { name: 'Vic' });
    const thief = thiefOf(host);
    const streams = {
      thief: await listen(thief, room.path),
      other: await listen(other, elsewhere.path),
      visitor: await listen(visitor, strange.path),
      stranger: await listen(strange.host, strange.path),
    };
    expect((await logOutOthers(host)).status).toBe(204);
    await until(() => streams.thief.closed() && streams.other.closed() && streams.visitor.closed());
    const last = ({ events }: { readonly events: readonly { readonly type: string }[] }) => events.at(-1)?.type;
    expect([last(streams.thief), last(streams.other), last(streams.visitor)]).toEqual(['snapshot', 'ended', 'left']);
    expectProblem(await thief.get(room.path), 403, 'not_a_member');
    expect((await host.get('/api/me')).body).toEqual({
      room: { code: room.code, role: 'host' },
      spotify: { authenticated: true },
    });
    for (const out of [other, visitor]) expect(await hasLogin(out)).toBe(false);
    expect(await hasLogin(strange.host)).toBe(true);
    expect(streams.stranger.closed()).toBe(false);
    streams.stranger.close();
  });

  test('without Spotify there is nothing to go by', async () => {
    expectProblem(await logOutOthers(new AppClient()), 409, 'spotify_not_connected');
    expectProblem(await logOutOthers((await makeRoom()).host), 409, 'spotify_not_connected');
  });

  test('of two that log each other out one stays', async () => {
    const account = await spotify.account();
    const both = [await hostOf(account), await hostOf(account)];
    const answers = await Promise.all(both.map(logOutOthers));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    expect((await Promise.all(both.map(hasLogin))).toSorted()).toEqual([false, true]);
  });

  test('the account of that name in another world is somebody else’s', async () => {
    const account = await spotify.account();
    const [host, other] = [await hostOf(account), await hostOf(account)];
    const { rowCount } = await getPool().query(
      `UPDATE "SpotifyToken" SET "world" = 'another' WHERE "sessionId" = (
         SELECT "sessionId" FROM "SpotifyToken" ORDER BY "authorizedAt" DESC LIMIT 1)`,
    );
    expect([rowCount, (await logOutOthers(host)).status]).toEqual([1, 204]);
    expect(await hasLogin(other)).toBe(true);
  });
});

test('EV7 a login ends the streams of the cookie before, and no others', async () => {
  const room = await makeRoom();
  const guest = await join(room);
  const thief = thiefOf(room.host);
  const streams = [await listen(thief, room.path), await listen(guest, room.path)];
  await logIn(room.host, await spotify.account());
  await until(() => streams[0]?.closed());
  expect(streams[0]?.events.at(-1)?.type).toBe('snapshot');
  expectProblem(await thief.get(`${room.path}/events`), 403, 'not_a_member');
  const own = await listen(room.host, room.path);
  expect([own.closed(), streams[1]?.closed()]).toEqual([false, false]);
  own.close();
  streams[1]?.close();
});
