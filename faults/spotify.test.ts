import assert from 'node:assert/strict';
import type { Problem } from '@/lib/shared/contract/errors';
import { faults } from '@/simulator/control-client';
import { until } from '@/testing/until';
import { fault } from './fault';
import type { Party } from './party';

const next = { method: 'POST', path: '/v1/me/player/next' };

type Fault = Parameters<Party['control']['addRule']>[0];

async function executedSkips(party: Party): Promise<number> {
  const { account, firstCall: after } = party;
  return (await party.control.calls({ ...next, account, executed: true, after })).length;
}

/** Two people want the next song, and Spotify fails as said. @returns the status of the vote that skipped, and the play */
async function voteThrough(party: Party, then: Fault): Promise<{ readonly status: number; readonly playId: string }> {
  const [first, second] = party.guests;
  assert.ok(first && second);
  const playId = await party.playId();
  await party.control.addRule({ ...then, when: { ...next, account: party.account }, times: 1 });
  assert.equal((await party.vote(first, playId)).status, 200);
  return { status: (await party.vote(second, playId)).status, playId };
}

/** Spotify did it and nobody knew: the room finds out, and nothing is repeated. */
async function happened(party: Party, then: Fault): Promise<void> {
  const { status, playId } = await voteThrough(party, then);
  assert.equal(status, 200);
  await party.shows(({ latest }) => latest?.playback.playId !== playId);
  assert.equal(await executedSkips(party), 1);
}

/** Spotify did not do it and nobody knew: the vote says so, the votes stay, and voting again skips. */
async function didNotHappen(party: Party, then: Fault): Promise<void> {
  const { status, playId } = await voteThrough(party, then);
  assert.equal(status, 502);
  assert.equal((await party.records.play(party.roomId, playId)).skipState, null);
  assert.equal((await party.records.votes(playId)).length, 2);
  assert.equal(await executedSkips(party), 0);
  const [, second] = party.guests;
  assert.ok(second);
  assert.equal((await party.vote(second, playId)).status, 200);
  await party.shows(({ latest }) => latest?.playback.playId !== playId);
  assert.equal(await executedSkips(party), 1);
}

fault('SV8 Spotify breaks off after a skip: read back, one skip', { guests: [1, 1] }, (party) =>
  happened(party, faults.resetAfter()),
);
fault('SV8 Spotify breaks off before a skip: freed, and a vote again skips', { guests: [1, 1] }, (party) =>
  didNotHappen(party, faults.resetBefore()),
);
fault('SV8 Spotify hangs after a skip: read back, one skip', { guests: [1, 1] }, (party) =>
  happened(party, faults.hang({ executed: true })),
);
fault('SV8 Spotify hangs before a skip: freed, and a vote again skips', { guests: [1, 1] }, (party) =>
  didNotHappen(party, faults.hang()),
);

/** A pause of which nobody knows whether it happened is never repeated, and the screens end up with the truth. */
async function pauseThrough(party: Party, then: Fault, truth: 'playing' | 'paused'): Promise<void> {
  const { control, account, path, firstCall: after } = party;
  const pause = { method: 'PUT', path: '/v1/me/player/pause', account };
  await control.addRule({ ...then, when: pause, times: 1 });
  const { status, body } = await party.host.send<Problem>('POST', `${path}/playback/pause`);
  assert.deepEqual([status, body?.code], [502, 'spotify_unavailable']);
  await control.waitForCalls(
    { method: 'GET', path: '/v1/me/player', account, after: (await control.calls()).at(-1)?.sequence },
    2,
    20_000,
  );
  await party.shows(({ latest }) => latest?.playback.status === truth);
  assert.equal((await control.calls({ ...pause, after })).length, 1);
  assert.equal((await party.host.send('POST', `${path}/playback/pause`)).status, 204);
  await party.shows(({ latest }) => latest?.playback.status === 'paused');
}

fault('CM1 Spotify breaks off after a pause: shown as it is, not repeated', { guests: [1, 1] }, (party) =>
  pauseThrough(party, faults.resetAfter(), 'paused'),
);
fault('CM1 Spotify breaks off before a pause: shown as it is, not repeated', { guests: [1, 1] }, (party) =>
  pauseThrough(party, faults.resetBefore(), 'playing'),
);
fault('CM1 Spotify hangs before a pause: shown as it is, not repeated', { guests: [1, 1] }, (party) =>
  pauseThrough(party, faults.hang(), 'playing'),
);
fault('CM1 Spotify hangs after a pause: shown as it is, not repeated', { guests: [1, 1] }, (party) =>
  pauseThrough(party, faults.hang({ executed: true }), 'paused'),
);

/** Every command says until when. */
async function expectRefusals(party: Party, playId: string): Promise<void> {
  for (const [index] of party.deployment.urls.entries()) {
    party.host.instance = index;
    for (const [command, json] of [
      ['playback/pause', undefined],
      ['skip-votes', { playId }],
    ] as const) {
      const { status, headers, body } = await party.host.send<Problem>('POST', `${party.path}/${command}`, { json });
      assert.deepEqual([status, body.code], [503, 'spotify_rate_limited']);
      assert.ok(Number(headers.get('retry-after')) > 3_600);
    }
  }
}

// Last in this file: the block outlives it.
fault(
  'WT6 RL-02 Spotify wants no calls for hours: none from any instance, over kill -9 and restart of both',
  { guests: [2, 2] },
  async (party) => {
    const { control, deployment, records, account } = party;
    const playId = await party.playId();
    await control.addRule({ when: { path: '/v1/*', account }, times: 1, ...faults.quotaExceeded() });
    const limited = (): Promise<void> =>
      party.shows(({ latest }) => latest?.spotify.status === 'rate_limited' && latest.spotify.retryAt !== undefined);
    await limited();
    await expectRefusals(party, playId);
    const fence = (await records.lease(party.roomId))?.fence ?? 0;
    await deployment.kill(0);
    await deployment.kill(1);
    await Promise.all([deployment.startInstance(0), deployment.startInstance(1)]);
    // Whoever takes the lease wants to read at once.
    await until(async () => {
      const lease = await records.lease(party.roomId);
      return lease !== null && lease.live && lease.fence > fence;
    }, 45_000);
    await limited();
    await expectRefusals(party, playId);
  },
);
