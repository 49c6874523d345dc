import type { RoomHint } from './room-channel';
import { getPool } from '@/lib/server/db/connection/pool';
import { announce, busDatabase } from '@/lib/server/db/room-versions';
import { stopInstance } from '@/lib/server/lifecycle';
import { log } from '@/lib/server/runtime/log';
import { makeRoom } from '@/testing/people/app-client';
import { startTcpProxy, type TcpProxy } from '@/testing/deployments/tcp-proxy';
import { until } from '@/testing/until';
import { getRoomBus } from './room-bus';
import { RoomListener } from './room-listener';

const databaseUrl = new URL(process.env['DATABASE_URL'] ?? '');

let proxy: TcpProxy;
const listeners: RoomListener[] = [];

beforeAll(async () => {
  proxy = await startTcpProxy(Number(databaseUrl.port || '5432'));
  const through = new URL(databaseUrl);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.port);
  // Read with the first use of the configuration, which comes after this.
  process.env['DATABASE_DIRECT_URL'] = through.href;
});

afterEach(async () => {
  // Rooms that were made are watched, and so listened for, by the app itself.
  await getRoomBus(busDatabase).stop();
  for (const listener of listeners.splice(0)) await listener.stop();
});

afterAll(async () => {
  await stopInstance();
  await proxy.stop();
});

function listen(announceTest = announce) {
  const heard = { hints: [] as RoomHint[], hearing: 0, deaf: 0 };
  const listener = new RoomListener(announceTest, {
    onHint: (hint) => heard.hints.push(hint),
    onHearing: () => (heard.hearing += 1),
    onDeaf: () => (heard.deaf += 1),
  });
  listeners.push(listener);
  listener.start();
  return heard;
}

const rename = (room: Awaited<ReturnType<typeof makeRoom>>, name: string) =>
  room.host.send('PATCH', room.path, { json: { name } });

const listening = async (): Promise<number[]> => {
  const { rows } = await getPool().query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE "application_name" = 'roomtone listener' AND "datname" = current_database() AND "query" LIKE 'LISTEN%'`,
  );
  return rows.map(({ pid }) => pid);
};

test('RT-08 every change of a room is announced with its version, and again after the connection was cut', async () => {
  const heard = listen();
  await until(() => heard.hearing === 1);
  const room = await makeRoom();
  await rename(room, 'One');
  const { snapshot } = (await room.host.get(room.path)).body;
  await until(() => heard.hints.some(({ version }) => version === snapshot.version));
  const [pid] = await listening();
  await getPool().query('SELECT pg_terminate_backend($1)', [pid]);
  await until(() => heard.deaf === 1);
  await until(() => heard.hearing === 2);
  const before = heard.hints.length;
  await rename(room, 'Two');
  await until(() => heard.hints.length > before);
  // What is no hint is passed over.
  await getPool().query(`SELECT pg_notify('roomtone_room', 'nonsense')`);
  await rename(room, 'Three');
  // Presence may announce a change of its own in between.
  const version = (await room.host.get(room.path)).body.snapshot.version;
  await until(() => heard.hints.some((hint) => hint.version === version));
  expect(heard.deaf).toBe(1);
  expect(heard.hints.every((hint) => Number.isInteger(hint.version))).toBe(true);
});

test('RT-08 a connection that went silent without an end is found and replaced', async () => {
  const heard = listen();
  await until(() => heard.hearing === 1);
  proxy.freeze();
  await until(() => heard.deaf === 1, 15_000);
  await until(() => heard.hearing === 2);
  const room = await makeRoom();
  await rename(room, 'Heard');
  await until(() => heard.hints.length > 0);
});

test('EV3 a connection counts only once it has heard its own test', async () => {
  const before = await listening();
  const own = async () => (await listening()).filter((pid) => !before.includes(pid));
  // As behind a pooler that shares sessions: announcements are made, and never arrive.
  let announced = 0;
  const heard = listen(async () => {
    announced += 1;
  });
  await until(() => announced === 1);
  // Whoever gave up on it has closed it.
  await until(async () => (await own()).length === 1);
  await until(async () => (await own()).length === 0);
  expect(heard).toEqual({ hints: [], hearing: 0, deaf: 0 });
});

test('RL-13 where the test could not be announced nobody is called deaf: it is tried again', async () => {
  const said = jest.spyOn(log, 'error').mockReturnValue();
  let tries = 0;
  const heard = listen(async (hint) => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error('gone'), { code: '57P01' });
    await announce(hint);
  });
  await until(() => heard.hearing === 1);
  expect([tries, heard.deaf, said.mock.calls]).toEqual([2, 0, []]);
  said.mockRestore();
});
