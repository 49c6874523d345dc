import { stopInstance } from '@/lib/server/lifecycle';
import { makeRoom } from '@/testing/people/app-client';
import { getDb } from './client';

afterAll(stopInstance);

test('TK-03 a query that does not ask for tokens gets none, by whatever way it comes to them', async () => {
  const { code } = await makeRoom();
  const db = getDb();
  const { hostSessionId: sessionId } = await db.room.findUniqueOrThrow({ where: { code } });
  const now = new Date();
  const grant = {
    tokenType: 'Bearer',
    scope: 'x',
    expiresAt: now,
    authorizedAt: now,
    accountId: 'a',
    displayName: 'A',
  };
  await db.spotifyToken.create({
    data: { sessionId, sealedAccess: 'canary', sealedRefresh: 'canary', keptRefresh: 'canary', ...grant },
  });
  const whole = await db.room.findUnique({ where: { code }, include: { host: { include: { token: true } } } });
  const rows = [whole, await db.spotifyToken.findUnique({ where: { sessionId } }), await db.spotifyToken.findMany()];
  expect(JSON.stringify(rows)).toContain('"displayName":"A"');
  expect(JSON.stringify(rows)).not.toContain('canary');
  const asked = await db.spotifyToken.findUnique({ where: { sessionId }, select: { sealedAccess: true } });
  expect(asked).toEqual({ sealedAccess: 'canary' });
});
