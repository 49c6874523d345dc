import 'server-only';
import { findHostedDemo } from '@/lib/server/db/demos';
import { getEnv } from '@/lib/server/runtime/env';
import { siteWorld } from '@/lib/server/stand-in/address';

/**
 * The world of the stand-in that a session's logins go to; null for Spotify. The host of a demo logs in nowhere but in its world, so that no
 * real account ever plays there (DM2).
 *
 * @param sessionId null for a browser without one
 */
export async function findLoginWorld(sessionId: string | null): Promise<string | null> {
  const { demo, standIn } = getEnv();
  const world = demo && sessionId !== null ? await findHostedDemo(sessionId) : null;
  return world ?? (standIn ? siteWorld : null);
}
