import assert from 'node:assert/strict';
import { until } from '@/testing/until';
import { fault } from './fault';

/** Not the one that watches. */
const dying = 1;

fault(
  'TR3 kill -9 of the instance on which the host moves, half-way: nothing has moved, and the code is as good as before',
  { guests: [2, 1] },
  async (party) => {
    const { records, deployment, path, hostSessionId } = party;
    const { body } = await party.host.send('POST', `${path}/transfer`);
    const code: string = body.transfer.code;
    const [taker] = party.guests.filter(({ instance }) => instance === dying);
    const [other] = party.guests.filter(({ instance }) => instance !== dying);
    assert.ok(taker && other);
    const before = await records.token(hostSessionId);

    // The last step of the transaction waits: roles, login and cookie have moved in it by then.
    const lock = await records.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM "Transfer" WHERE "roomId" = $1 FOR UPDATE', [party.roomId]);
    const taken = taker.send('POST', '/api/transfers', { json: { code } }).catch(() => null);
    await until(async () => (await records.waitingForLocks('"Transfer"')) > 0, 20_000);
    await deployment.kill(dying);
    await taken;
    await lock.query('ROLLBACK');
    lock.release();

    assert.equal((await records.room(party.code)).hostSessionId, hostSessionId);
    const { version, grantEnded } = await records.token(hostSessionId);
    assert.deepEqual([version, grantEnded], [before.version, false]);
    // Whoever died holds refreshes up for a moment; nobody else has to be waited for.
    await records.rows('UPDATE "SpotifyToken" SET "refreshLeaseUntil" = clock_timestamp() WHERE "sessionId" = $1', [
      hostSessionId,
    ]);
    const again = await other.send('POST', '/api/transfers', { json: { code } });
    assert.equal(again.status, 200);
    party.hostSessionId = (await records.room(party.code)).hostSessionId;
    assert.notEqual(party.hostSessionId, hostSessionId);
    assert.deepEqual(await records.rows('SELECT 1 FROM "SpotifyToken" WHERE "sessionId" = $1', [hostSessionId]), []);
    assert.equal((await other.send('POST', `${path}/playback/pause`)).status, 204);
    await party.shows(({ latest }) => latest?.playback.status === 'paused');
  },
);
