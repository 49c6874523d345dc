import assert from 'node:assert/strict';
import { faults } from '@/simulator/control-client';
import { until } from '@/testing/until';
import { fault } from './fault';
import type { Member } from './member';
import type { Party } from './party';

const other = 1;
const next = { method: 'POST', path: '/v1/me/player/next' };

/** Longer than a claim or a command lock lives, and the read that frees it. */
const releaseMs = 45_000;

/** Two guests at the instance that does not watch: it is theirs that skips. */
function voters(party: Party): readonly [Member, Member] {
  const [first, second] = party.guests.filter(({ instance }) => instance === other);
  assert.ok(first && second);
  return [first, second];
}

async function executedSkips(party: Party): Promise<number> {
  const { account, firstCall: after } = party;
  return (await party.control.calls({ ...next, account, executed: true, after })).length;
}

/** Votes until Spotify was told to skip, as people do who are told that it did not work. */
async function voteUntilSkipped(party: Party, member: Member, playId: string): Promise<void> {
  await until(async () => (await party.vote(member, playId)).status === 200, releaseMs);
}

async function skipStateIs(party: Party, playId: string, wanted: 'calling' | 'done' | null): Promise<void> {
  await until(async () => (await party.records.play(party.roomId, playId)).skipState === wanted, releaseMs);
}

/** The other instance's voters reach Spotify through the watching one from here on. */
function moveVoters(party: Party): void {
  for (const guest of party.guests) guest.instance = 0;
}

fault(
  'SV9 kill -9 of the skipping instance between claim and call: freed, and the votes stay',
  { guests: [1, 2] },
  async (party) => {
    const { control, account, deployment } = party;
    const [first, second] = voters(party);
    const playId = await party.playId();
    assert.equal((await party.vote(first, playId)).status, 200);
    // Whoever skips reads first which song is on: that answer does not come.
    const rule = await control.addRule({ when: { method: 'GET', path: '/v1/me/player', account }, ...faults.hang() });
    const unanswered = party.vote(second, playId);
    await skipStateIs(party, playId, 'calling');
    await deployment.kill(other);
    assert.equal((await unanswered).status, 0);
    await control.removeRule(rule.id);
    await control.release();
    // Whose claim it is nobody can tell from a dead one: until its time is over, nobody else skips this song.
    assert.equal((await party.host.send('POST', `${party.path}/playback/next`, { json: { playId } })).status, 204);
    await skipStateIs(party, playId, null);
    assert.equal(await executedSkips(party), 0);
    assert.deepEqual(await party.records.votes(playId), [first.id, second.id].toSorted());
    moveVoters(party);
    await voteUntilSkipped(party, second, playId);
    await party.shows(({ latest }) => latest?.playback.playId !== playId);
    assert.equal(await executedSkips(party), 1);
  },
);

fault(
  'RL-04 kill -9 of the skipping instance between call and commit: one skip, and the next song can be skipped',
  { guests: [1, 2] },
  async (party) => {
    const { control, account, deployment } = party;
    const [first, second] = voters(party);
    const playId = await party.playId();
    assert.equal((await party.vote(first, playId)).status, 200);
    await control.addRule({ when: { ...next, account }, times: 1, ...faults.hang({ executed: true }) });
    const unanswered = party.vote(second, playId);
    await control.waitForCalls({ ...next, account, executed: true, after: party.firstCall }, 1, 20_000);
    await deployment.kill(other);
    assert.equal((await unanswered).status, 0);
    await party.shows(({ latest }) => latest?.playback.track != null && latest.playback.playId !== playId);
    assert.equal(await executedSkips(party), 1);
    moveVoters(party);
    const following = await party.playId();
    await voteUntilSkipped(party, first, following);
    await voteUntilSkipped(party, second, following);
    await party.shows(({ latest }) => latest?.playback.playId !== following);
    assert.equal(await executedSkips(party), 2);
  },
);
