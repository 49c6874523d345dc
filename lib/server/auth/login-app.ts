import 'server-only';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { findOwnClientId } from '@/lib/server/db/own-apps';
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import { getEnv } from '@/lib/server/runtime/env';
import { findLoginWorld } from './login-world';

/**
 * The client id of the app of a session's own, as far as this deployment uses those: with `SPOTIFY_OWN_APPS=off` what is stored is not looked at
 * (AP7).
 */
export async function findUsedClientId(db: Db, sessionId: string): Promise<string | null> {
  return getEnv().ownApps ? findOwnClientId(db, sessionId) : null;
}

/** The app that a session's logins go through: a demo's, its own, or the deployment's (AP2); null where there is none of them. */
export async function findLoginApp(sessionId: string): Promise<SpotifyApp | null> {
  const world = await findLoginWorld(sessionId);
  if (world !== null) return { world, clientId: null };
  const clientId = await findUsedClientId(getDb(), sessionId);
  return clientId === null && getEnv().spotifyClientId === null ? null : { world, clientId };
}
