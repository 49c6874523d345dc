import assert from 'node:assert/strict';
import { until } from '@/lib/testing/until';
import type { Problem } from '@/lib/shared/errors';
import { fault } from './fault';

fault(
  'RT-08 every listener’s connection ends: what changes meanwhile is shown without a reload',
  { guests: [2, 2] },
  async (party) => {
    assert.ok((await party.records.endConnections('roomtone listener')) > 0);
    assert.equal((await party.rename(party.host, 'Kitchen')).status, 200);
    await party.shows(({ latest }) => latest?.room.name === 'Kitchen');
    await party.showsTrack(await party.pressNext());
  },
);

fault('RT-08 every connection to the database ends: the room goes on', { guests: [2, 2] }, async (party) => {
  const opened = party.screens.map((screen) => screen.opened);
  assert.ok((await party.records.endConnections('roomtone%')) > 0);
  await until(async () => (await party.rename(party.host, 'Kitchen')).status === 200);
  await party.shows(({ latest }) => latest?.room.name === 'Kitchen');
  await party.showsTrack(await party.pressNext());
  assert.deepEqual(
    party.screens.map((screen) => screen.opened),
    opened,
    'no stream ended',
  );
});

/** Connections that an instance has, and more requests than that. */
const poolSize = 10;
const requests = 14;

fault(
  'RL-06 every connection of an instance is in use: 503 within 3 s, and nothing is lost',
  { guests: [1, 1] },
  async (party) => {
    const { records, roomId, host } = party;
    const lock = await records.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM "Room" WHERE "id" = $1 FOR UPDATE', [roomId]);
    const renames = Array.from({ length: requests }, () => party.rename(host, 'Kitchen'));
    try {
      await until(async () => {
        const waiting = await records.rows(
          `SELECT 1 FROM pg_stat_activity
         WHERE "datname" = current_database() AND "wait_event_type" = 'Lock' AND "application_name" = 'roomtone'`,
        );
        return waiting.length >= poolSize;
      });
      const { status, body } = await host.send<Problem>('GET', party.path, undefined, 3_000);
      assert.deepEqual([status, body?.code], [503, 'unavailable']);
    } finally {
      await lock.query('COMMIT');
      lock.release();
    }
    const statuses = (await Promise.all(renames)).map(({ status }) => status);
    assert.ok(
      statuses.every((status) => status === 200 || status === 503),
      `The renames were answered ${statuses.join(', ')}.`,
    );
    await until(async () => (await party.rename(host, 'Cellar')).status === 200);
    await party.showsTrack(await party.pressNext());
  },
);
