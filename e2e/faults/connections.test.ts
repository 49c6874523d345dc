import assert from 'node:assert/strict';
import { until } from '@/lib/testing/until';
import { fault } from './fault';

fault(
  'RT-08 every listener’s connection ends: what changes meanwhile is shown without a reload',
  { guests: [2, 2], short: true },
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
