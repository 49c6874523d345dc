import 'server-only';
import type { NewGrant } from '@/lib/server/db/spotify-tokens';
import { encryptTokens } from './encryption';
import { accountIn } from './provider';
import { everyScope } from './scopes';

/** A login in a world of the stand-in, without a browser: its player plays from then on. Stores nothing of the session. */
export async function createDemoGrant(sessionId: string, world: string): Promise<NewGrant> {
  // Loaded here alone: a site without demos never has it in memory.
  const { logIn } = await import('@/lib/server/stand-in/log-in');
  const login = await logIn(world, everyScope);
  return {
    ...encryptTokens(sessionId, login.accessToken, login.refreshToken),
    scope: everyScope.join(' '),
    expiresInSeconds: login.expiresInSeconds,
    startedSecondsAgo: 0,
    accountId: accountIn(world, login.accountId),
    displayName: login.displayName,
    world,
    clientId: null,
  };
}
