import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '@/lib/shared/contract/errors';
import { until } from '@/testing/until';
import { Deployment } from '@/testing/deployments/deployment';
import { type Cluster, startCluster } from '@/scripts/local/embedded-postgres';
import { freePort } from '@/scripts/local/free-port';
import { loadSecrets } from '@/scripts/local/secrets';
import { serverOf } from '@/testing/deployments/test-server';
import { faultTest, variables } from './fault';
import { checkInvariants } from './invariants';
import { Party } from './party';

/** An answer that the database is not there has to come within this time (RL-06), in ms. */
const answerMs = 3_000;

/** Longer than a listener waits before it tries again, and a watcher's first read afterwards. */
const recoveryMs = 60_000;

let cluster: Cluster | null = null;
after(async () => cluster?.stop());

/** A PostgreSQL that nobody else uses, at the same place every time. */
function startPostgres(port: number): Promise<Cluster> {
  return startCluster({ name: 'fault-postgres', password: loadSecrets().databasePassword, disposable: true, port });
}

/** What every request gets while the database is gone. */
async function expectUnavailable(party: Party, playId: string): Promise<void> {
  const { deployment, path, host } = party;
  const everyone = [host, ...party.guests];
  for (const [index] of deployment.urls.entries()) {
    for (const member of everyone) member.instance = index;
    const answers = await Promise.all([
      host.send<Problem>('GET', path, { signal: AbortSignal.timeout(answerMs) }),
      host.send<Problem>('PATCH', path, { json: { name: 'Lost' }, signal: AbortSignal.timeout(answerMs) }),
      host.send<Problem>('POST', `${path}/playback/next`, { json: { playId }, signal: AbortSignal.timeout(answerMs) }),
      ...party.guests.map((guest) =>
        guest.send<Problem>('POST', `${path}/skip-votes`, { json: { playId }, signal: AbortSignal.timeout(answerMs) }),
      ),
    ]);
    for (const { status, body } of answers) assert.deepEqual([status, body?.code], [503, 'unavailable']);
    // EV8: pages too, each under an id.
    const page = await host.fetch('GET', `/room/${party.code}`, { signal: AbortSignal.timeout(answerMs) });
    assert.deepEqual([page.status, page.headers.get('retry-after')], [503, '5']);
    assert.match(page.headers.get('x-request-id') ?? '', /^[\w-]{36}$/);
  }
}

/** @param outageMs how long the database is gone */
async function outage(outageMs: number): Promise<void> {
  const port = cluster?.port ?? (await freePort());
  cluster = await startPostgres(port);
  const deployment = await Deployment.start({ server: serverOf(cluster), label: 'outage', instances: 2, variables });
  try {
    const party = await Party.begin(deployment, { guests: [2, 2], votesToSkip: 1 });
    try {
      await party.rename(party.host, 'Kitchen');
      const playId = await party.playId();
      const pids = [deployment.pid(0), deployment.pid(1)];
      await cluster.stop();
      const { length: before } = await party.control.calls({ method: 'POST' });
      try {
        for (const end = Date.now() + outageMs; Date.now() < end; await delay(500))
          await expectUnavailable(party, playId);
        const { length: now } = await party.control.calls({ method: 'POST' });
        assert.equal(now, before, 'nothing is decided without the database');
      } finally {
        cluster = await startPostgres(port);
      }
      assert.equal(cluster.port, port);
      for (const pid of pids) process.kill(pid, 0);
      await until(async () => (await party.rename(party.host, 'Cellar')).status === 200, recoveryMs);
      await party.shows(({ latest }) => latest?.room.name === 'Cellar', recoveryMs);
      await party.showsTrack(await party.pressNext(), recoveryMs);
      await checkInvariants(party);
    } finally {
      await party.end();
    }
  } finally {
    await deployment.stop();
  }
}

faultTest('RL-06 PostgreSQL is gone for a moment: 503 at once, and everything comes back by itself', true, () =>
  outage(2_000),
);

faultTest('RL-06 PostgreSQL is gone for 30 s: 503 at once, and everything comes back by itself', false, () =>
  outage(30_000),
);
