import assert from 'node:assert/strict';
import { faults } from '@/simulator/control-client';
import { logIn } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';
import { fault } from './fault';
import type { Party } from './party';

const watcher = 0;

/** Longer than a claim, a lease and the first read of whoever takes over. */
const takeoverMs = 60_000;

/** The access token ends, and the refresh that follows is carried out without an answer until it is late. Resolves when it was asked. */
async function refreshWithoutAnswer(party: Party, then: Parameters<Party['control']['addRule']>[0]): Promise<number> {
  const { control, account } = party;
  const refresh = { account, grantType: 'refresh_token' };
  await control.addRule({ ...then, when: refresh, times: 1 });
  await control.expireTokens(account);
  const [call] = await control.waitForCalls({ ...refresh, executed: true, after: party.firstCall }, 1, 20_000);
  assert.ok(call);
  return call.sequence;
}

function savedSince(party: Party, version: number): Promise<unknown> {
  return until(async () => (await party.records.token(party.hostSessionId)).version > version, takeoverMs);
}

fault(
  'OA-11 kill -9 of the refreshing instance between request and save: the other one refreshes',
  { guests: [2, 2] },
  async (party) => {
    const { version } = await party.records.token(party.hostSessionId);
    await refreshWithoutAnswer(party, faults.hang({ executed: true }));
    await party.deployment.kill(watcher);
    await savedSince(party, version);
    await party.showsTrack(await party.pressNext(), takeoverMs);
    const token = await party.records.token(party.hostSessionId);
    assert.deepEqual(token, { version: version + 1, refreshHolder: null, claimed: false, grantEnded: false });
    // One was lost with its instance, one was saved.
    return { refreshes: 2 };
  },
);

fault('OA-11 a refresh whose instance was frozen meanwhile overwrites nothing', { guests: [1, 2] }, async (party) => {
  const { deployment, records, control, hostSessionId, account } = party;
  const { version } = await records.token(hostSessionId);
  const late = await refreshWithoutAnswer(party, faults.slowAnswer(5_000));
  deployment.pause(watcher);
  // Somebody else asks as soon as the claim has ended, long before an answer would be given up.
  await records.rows('UPDATE "SpotifyToken" SET "refreshLeaseUntil" = clock_timestamp() WHERE "sessionId" = $1', [
    hostSessionId,
  ]);
  const [guest] = party.guests.filter(({ instance }) => instance !== watcher);
  assert.ok(guest);
  const [playId] = [await party.playId()];
  try {
    await guest.send('POST', `${party.path}/playback/pause`);
    await savedSince(party, version);
    const isAnswered = async (): Promise<boolean> =>
      (await control.calls({ account, outcome: 'answered' })).some(({ sequence }) => sequence === late);
    await until(isAnswered, 20_000);
  } finally {
    deployment.resume(watcher);
  }
  await party.shows(({ latest }) => latest?.playback.status === 'paused' && latest.playback.playId === playId);
  // What woke up reads the player with a token when it has done what it does with the late answer.
  await control.press(account, { press: 'play' });
  await party.shows(({ latest }) => latest?.playback.status === 'playing');
  assert.equal((await records.token(hostSessionId)).version, version + 1);
  return { refreshes: 2 };
});

fault(
  'AP8 kill -9 between the answer with a new refresh token and its save: the grant is lost, the room says so, and a login brings the music back',
  { guests: [2, 2], ownApp: true },
  async (party) => {
    const { deployment, host, records, hostSessionId, account } = party;
    // Spotify has given the new token out, and ended the old one; the answer never arrives.
    await refreshWithoutAnswer(party, faults.hang({ executed: true }));
    await deployment.kill(watcher);
    await party.shows(({ latest }) => latest?.spotify.status === 'reconnect', takeoverMs);
    assert.equal((await records.token(hostSessionId)).grantEnded, true);
    // Spotify comes back to that one.
    await deployment.startInstance(watcher);
    assert.match(await logIn(host, account), /spotify=connected/);
    await party.shows(({ latest }) => latest?.spotify.status === 'connected');
    await party.showsTrack(await party.pressNext(), takeoverMs);
    return { refreshes: 1 };
  },
);
