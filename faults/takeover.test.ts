import assert from 'node:assert/strict';
import { faults } from '@/simulator/control-client';
import { until } from '@/testing/until';
import { fault } from './fault';
import type { Party } from './party';

const watcher = 0;
const other = 1;

const player = { method: 'GET', path: '/v1/me/player' };

/** Longer than a lease, the wait of whoever takes over, and the first read. */
const takeoverMs = 45_000;

/** Waits until another instance than that of the fence watches the room. */
function takenOver(party: Party, fence: number): Promise<unknown> {
  return until(async () => {
    const lease = await party.records.lease(party.roomId);
    return lease !== null && lease.live && lease.fence > fence;
  }, takeoverMs);
}

async function fenceOf(party: Party): Promise<number> {
  return (await party.records.lease(party.roomId))?.fence ?? 0;
}

/** The next read of the player answers late, with what it saw when it was asked. Resolves when it was asked. */
async function lateRead(party: Party, delayMs: number): Promise<number> {
  const when = { ...player, account: party.account };
  const { id } = await party.control.addRule({ when, times: 1, ...faults.slowAnswer(delayMs) });
  return until(async () => {
    const rule = (await party.control.rules()).find((known) => known.id === id);
    const calls = await party.control.calls({ ...when, outcome: 'open', executed: true });
    return rule?.seen === 1 && calls[0]?.sequence;
  }, 20_000);
}

function tracksOf(party: Party): Promise<readonly string[]> {
  return party.records.plays(party.roomId).then((plays) => plays.map(({ trackUri }) => trackUri));
}

fault(
  'RL-05 WT1 kill -9 of the watching instance: the other one takes over',
  { guests: [2, 2], short: true },
  async (party) => {
    const fence = await fenceOf(party);
    await party.deployment.kill(watcher);
    await takenOver(party, fence);
    await party.showsTrack(await party.pressNext());
    assert.ok(party.screens.every(({ at }) => at === other));
  },
);

fault(
  'RL-05 WT2 a watcher whose lease has ended writes nothing of what it still reads',
  { guests: [1] },
  async (party) => {
    const before = await tracksOf(party);
    const fence = await fenceOf(party);
    const late = await lateRead(party, 4_000);
    const uri = await party.pressNext();
    await party.records.rows('UPDATE "WatchLease" SET "expiresAt" = clock_timestamp() WHERE "roomId" = $1', [
      party.roomId,
    ]);
    // Whoever opens the first screen at another instance takes a lease that has ended at once.
    party.watch(await party.join('Bob', other), other);
    await takenOver(party, fence);
    await party.showsTrack(uri);
    const isAnswered = async (): Promise<boolean> =>
      (await party.control.calls({ account: party.account, outcome: 'answered' })).some(
        ({ sequence }) => sequence === late,
      );
    await until(isAnswered);
    // By the time that the new watcher has read again, the old one has done what it does.
    await party.control.waitForCalls(
      { ...player, account: party.account, after: late, outcome: 'answered' },
      3,
      20_000,
    );
    assert.deepEqual(await tracksOf(party), [...before, uri]);
  },
);

fault(
  'RL-05 WT2 SIGSTOP of the watching instance: the other one takes over, and nothing comes back',
  { guests: [1, 2] },
  async (party) => {
    const before = await tracksOf(party);
    const fence = await fenceOf(party);
    await lateRead(party, 2_000);
    party.deployment.pause(watcher);
    try {
      const uri = await party.pressNext();
      await takenOver(party, fence);
      await party.showsTrack(uri, undefined, other);
      const sequence = (await party.control.calls()).at(-1)?.sequence ?? 0;
      party.deployment.resume(watcher);
      await party.showsTrack(uri);
      await party.control.waitForCalls({ ...player, account: party.account, after: sequence }, 2, 20_000);
      assert.deepEqual(await tracksOf(party), [...before, uri]);
    } finally {
      party.deployment.resume(watcher);
    }
  },
);

fault(
  'RL-05 an instance frozen in the middle of a write holds the room for ten seconds at most',
  { guests: [1, 2] },
  async (party) => {
    const { records, roomId, deployment } = party;
    const fence = await fenceOf(party);
    const lock = await records.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM "Room" WHERE "id" = $1 FOR UPDATE', [roomId]);
    try {
      // Only the watcher's instance has something to write: what it read.
      await party.pressNext();
      await until(async () => {
        const waiting = await records.rows(
          `SELECT 1 FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock' AND "application_name" = 'roomtone'`,
        );
        return waiting.length > 0;
      }, 20_000);
      deployment.pause(watcher);
    } finally {
      await lock.query('COMMIT');
      lock.release();
    }
    try {
      const [guest] = party.guests.filter(({ instance }) => instance === other);
      assert.ok(guest);
      await until(async () => {
        const answer = await guest.change('POST', `${party.path}/members`, { name: 'Bobby' }, [
          { key: `member ${guest.id}`, value: 'Bobby' },
        ]);
        return answer.status === 200;
      }, takeoverMs);
      await takenOver(party, fence);
    } finally {
      deployment.resume(watcher);
    }
    await party.showsTrack(await party.pressNext());
  },
);
