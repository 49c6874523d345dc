import 'server-only';
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import { getEnv } from '@/lib/server/runtime/env';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { siteWorld, standInClient, standInPath, standInUrl } from '@/lib/server/stand-in/address';
import { type Gate, gateOf } from './call-budget';

/** Where a login goes, and what it brought works: Spotify, or a world of the stand-in. */
export interface Provider {
  /** Where the browser is sent. */
  readonly authorizeUrl: string;
  /** `/api/token` is appended. */
  readonly accountsUrl: string;
  /** `/v1/…` is appended. */
  readonly apiUrl: string;
  readonly clientId: string;
  /** Null for a host's own app: PKCE alone says who it is (AP3). */
  readonly clientSecret: string | null;
  /** What calls with a grant pass. */
  readonly gate: Gate;
  /** What a login passes, before there is one. */
  readonly loginGate: Gate;
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
    loginGate: openGate,
  };
}

/** Whom the rooms of this deployment belong to, but for demos: a preview's to the stand-in, every other one's to Spotify (null). */
export function ownWorld(): string | null {
  return getEnv().standIn ? siteWorld : null;
}

/** Whether this deployment serves what belongs to that world, or to Spotify. */
function isWorldServed(world: string | null): boolean {
  const env = getEnv();
  if (world === null) return !env.standIn;
  return world === siteWorld ? env.standIn : env.demo;
}

/**
 * How this deployment says to Spotify which app asks; null for an app that it does not serve: its own, where it has none, or a host's, where those
 * are not wanted (AP7).
 */
function findClient(clientId: string | null): Pick<Provider, 'clientId' | 'clientSecret'> | null {
  const { ownApps, spotifyClientId, spotifyClientSecret } = getEnv();
  if (clientId !== null) return ownApps ? { clientId, clientSecret: null } : null;
  return spotifyClientId === null ? null : { clientId: spotifyClientId, clientSecret: spotifyClientSecret };
}

/** Whether grants of this app are of any use here; one that is not has to be asked for anew. */
export function isAppServed({ world, clientId }: SpotifyApp): boolean {
  return world !== null || findClient(clientId) !== null;
}

/**
 * The one place that decides who is asked: a login or grant of Spotify's goes to Spotify, by the app that it was made with; one of a stand-in's
 * world to that world; and neither ever to the other.
 *
 * @throws {SpotifyError} `not_connected` where this deployment does not serve that world: a preview has no Spotify, a site without a demo no
 * worlds; `grant_ended` where it does not serve that app
 */
export function providerOf({ world, clientId }: SpotifyApp): Provider {
  if (!isWorldServed(world)) throw new SpotifyError('not_connected');
  if (world !== null) return standIn(world);
  const client = findClient(clientId);
  if (client === null) throw new SpotifyError('grant_ended');
  const { spotifyAccountsUrl, spotifyApiUrl } = getEnv();
  return {
    ...client,
    authorizeUrl: `${spotifyAccountsUrl}/authorize`,
    accountsUrl: spotifyAccountsUrl,
    apiUrl: spotifyApiUrl,
    gate: gateOf(clientId, 'grant'),
    loginGate: gateOf(clientId, 'login'),
  };
}

/** An account as it is stored: one of a stand-in's world is nobody else's, in another world or at Spotify. */
export function accountIn(world: string | null, accountId: string): string {
  return world === null ? accountId : `simulated ${world} ${accountId}`;
}
