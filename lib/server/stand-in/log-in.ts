import 'server-only';
import { inWorld } from './world';

/** What a login brought, and whose it is. */
interface Login {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly accountId: string;
  readonly displayName: string;
}

/** The account on whose speaker a playlist plays from the start. */
const account = 'alex';

/** Logs somebody in to a world of the stand-in as its consent page would, and wakes the player. */
export function logIn(name: string, scopes: readonly string[]): Promise<Login> {
  return inWorld(name, (world) => {
    const known = world.accounts.get(account);
    if (known === undefined) throw new Error('The stand-in lacks an account that is always there.');
    const now = world.clock.now('tokens');
    const expiresInSeconds = world.settings.accessTokenLifeSeconds;
    const grant = world.grants.openGrant(account, scopes, now);
    world.players.truth(account);
    return {
      accessToken: world.grants.issueAccessToken(grant, scopes, now + expiresInSeconds * 1_000),
      refreshToken: world.grants.issueRefreshToken(grant),
      expiresInSeconds,
      accountId: known.accountId,
      displayName: known.displayName,
    };
  });
}
