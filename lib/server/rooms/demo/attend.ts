import 'server-only';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import type { Viewer } from '@/lib/server/session/room-access';
import { playScript } from './play-script';

/** How often an open stream asks whether something is due, in ms. */
const lookEveryMs = 1_000;

/**
 * Keeps a demo's guests alive while this member's stream is open, and costs nothing otherwise (DM4): no timer outlives the stream, so that it
 * works where processes are frozen between requests.
 *
 * @returns what ends it
 */
export function attendDemo({ roomId, demo }: Viewer): () => void {
  if (!demo) return () => undefined;
  const look = (): void => void playScript(roomId).catch((error: unknown) => logWorkFailure('demo', error));
  const timer = setInterval(look, lookEveryMs).unref();
  return () => clearInterval(timer);
}
