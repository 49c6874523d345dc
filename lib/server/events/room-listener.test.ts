import type { RoomHint } from '@/lib/shared/room-channel';
import { getPool } from '@/lib/server/db/pool';
import { stopInstance } from '@/lib/server/stop';
import { makeRoom } from '@/lib/testing/app-client';
import { until } from '@/lib/testing/until';
import { RoomListener } from './room-listener';

const hints: RoomHint[] = [];
let reconnects = 0;
const listener = new RoomListener({ onHint: (hint) => hints.push(hint), onReconnect: () => (reconnects += 1) });

afterAll(async () => {
  await listener.stop();
  await stopInstance();
});

const listening = async (): Promise<number[]> => {
  const { rows } = await getPool().query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE "application_name" = 'roomtone listener' AND "datname" = current_database() AND "query" LIKE 'LISTEN%'`,
  );
  return rows.map(({ pid }) => pid);
};

test('RT-08 every change of a room is announced with its version, and again after the connection was cut', async () => {
  listener.start();
  await until(async () => (await listening()).length === 1);
  const room = await makeRoom();
  const change = (name: string) => room.host.send('PATCH', room.path, { json: { name } });
  await change('One');
  const { snapshot } = (await room.host.get(room.path)).body;
  await until(() => hints.some(({ version }) => version === snapshot.version));
  const [pid] = await listening();
  await getPool().query('SELECT pg_terminate_backend($1)', [pid]);
  await until(() => reconnects === 1);
  const before = hints.length;
  await change('Two');
  await until(() => hints.length > before);
  // A change that is rolled back is never announced, and neither is what is no hint.
  await getPool().query(`SELECT pg_notify('roomtone_room', 'nonsense')`);
  await change('Three');
  await until(() => hints.length === before + 2);
});
