import 'server-only';
import { getEnv } from '@/lib/server/runtime/env';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { siteWorld, standInClient, standInPath, standInUrl } from '@/lib/server/stand-in/address';
import { callGate, type Gate } from './call-budget';

/** Where a login goes, and what it brought works: Spotify, or a world of the stand-in. */
export interface Provider {
  /** Where the browser is sent. */
  readonly authorizeUrl: string;
  /** `/api/token` is appended. */
  readonly accountsUrl: string;
  /** `/v1/…` is appended. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly gate: Gate;
}

/** Calls to a stand-in cost nobody anything, and are stopped by no block of Spotify's. */
const openGate: Gate = {
  enter: () => Promise.resolve(),
  enterToken: () => Promise.resolve(),
  block: () => Promise.resolve(),
};

function standIn(world: string): Provider {
  return {
    ...standInClient,
    authorizeUrl: `${getEnv().appUrl}${standInPath}/authorize`,
    accountsUrl: standInUrl(world),
    apiUrl: standInUrl(world),
    gate: openGate,
  };
}

/** Whether what belongs to that world, or to Spotify, may be used on this deployment. */
function isServed(world: string | null): boolean {
  const env = getEnv();
  if (world === null) return !env.standIn;
  return world === siteWorld ? env.standIn : env.demo;
}

/**
 * The one place that decides who is asked: a login or grant of Spotify's goes to Spotify, one of a stand-in's world to that world, and neither
 * ever to the other.
 *
 * @param world null for Spotify
 * @throws {SpotifyError} `not_connected` where this deployment does not serve it: a preview has no Spotify, a site without a demo no worlds
 */
export function providerOf(world: string | null): Provider {
  if (!isServed(world)) throw new SpotifyError('not_connected');
  if (world !== null) return standIn(world);
  const env = getEnv();
  return {
    authorizeUrl: `${env.spotifyAccountsUrl}/authorize`,
    accountsUrl: env.spotifyAccountsUrl,
    apiUrl: env.spotifyApiUrl,
    clientId: env.spotifyClientId,
    clientSecret: env.spotifyClientSecret,
    gate: callGate,
  };
}

/** An account as it is stored: one of a stand-in's world is nobody else's, in another world or at Spotify. */
export function accountIn(world: string | null, accountId: string): string {
  return world === null ? accountId : `simulated ${world} ${accountId}`;
}
