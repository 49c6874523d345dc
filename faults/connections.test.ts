import assert from 'node:assert/strict';
import { until } from '@/testing/until';
import type { Problem } from '@/lib/shared/contract/errors';
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

/** How long an answer may take at most (RL-06), in ms. */
const answerMs = 3_000;

fault('RL-06 a room that somebody holds takes no connection from others', { guests: [1, 1] }, async (party) => {
  const { records, roomId, host } = party;
  const lock = await records.connect();
  await lock.query('BEGIN');
  await lock.query('SELECT 1 FROM "Room" WHERE "id" = $1 FOR UPDATE', [roomId]);
  const renames = Array.from({ length: requests }, () => party.rename(host, 'Kitchen'));
  try {
    await until(async () => (await records.waitingForLocks('FOR NO KEY UPDATE')) > 0);
    assert.equal((await host.send('GET', party.path, { signal: AbortSignal.timeout(answerMs) })).status, 200);
  } finally {
    await lock.query('COMMIT');
    lock.release();
  }
  assert.deepEqual(new Set((await Promise.all(renames)).map(({ status }) => status)), new Set([200]));
  await party.showsTrack(await party.pressNext());
});

fault(
  'RL-06 every connection of an instance is in use: 503 within 3 s, and nothing is lost',
  { guests: [1, 1] },
  async (party) => {
    const { records, host, path } = party;
    const lock = await records.connect();
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE "Room" IN ACCESS EXCLUSIVE MODE');
    let refused = 0;
    const looks = Array.from({ length: requests }, async () => {
      const answer = await host.send('GET', path);
      if (answer.status === 503) refused += 1;
      return answer;
    });
    try {
      // Whoever is refused has waited for a connection: all of them are in use.
      await until(() => refused >= requests - poolSize);
      const { status, body } = await host.send<Problem>('GET', path, { signal: AbortSignal.timeout(answerMs) });
      assert.deepEqual([status, body?.code], [503, 'unavailable']);
    } finally {
      await lock.query('COMMIT');
      lock.release();
    }
    const statuses = (await Promise.all(looks)).map(({ status }) => status);
    assert.ok(
      statuses.every((status) => status === 200 || status === 503),
      `The looks were answered ${statuses.join(', ')}.`,
    );
    await until(async () => (await party.rename(host, 'Cellar')).status === 200);
    await party.showsTrack(await party.pressNext());
  },
);
