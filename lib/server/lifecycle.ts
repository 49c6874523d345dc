import 'server-only';
import { busDatabase } from './db/room-versions';
import { getPool } from './db/connection/pool';
import { getRoomBus } from './events/room-bus';
import { startAdoptingRooms, stopAdoptingRooms } from './player/watch/adopt-orphaned-rooms';
import { getRoomWatchers } from './player/watch/room-watchers';
import { handOverWatchRuns } from './player/watch/watch-run';
import { startCleaningUp, stopCleaningUp } from './rooms/cleanup-timer';
import { stopPresence } from './rooms/live/presence';
import { closeBroadcasts } from './rooms/live/room-streams';
import { beginEnding, isEnding } from './runtime/ending';
import { getEnv } from './runtime/env';
import { limitsInForce } from './session/rate-limits';
import { perProcess } from './runtime/per-process';
import { logUncaughtErrors } from './uncaught-errors';
import { log } from './runtime/log';
import { onShutdown } from './runtime/shutdown-hooks';

/** Where the server around Next says when the database and Spotify are there, if they are not yet; see server/serve.ts. */
const provided: unique symbol = Symbol.for('roomtone.provided');

interface Around {
  readonly [provided]?: Promise<unknown> | null;
}

/** What an instance that stays does by itself. */
function beginWork(): void {
  if (isEnding()) return;
  startAdoptingRooms();
  startCleaningUp();
}

/**
 * Readies an instance: a bad or missing variable stops it here, with a line that names it, and not in somebody's request.
 *
 * @throws {Error} with one line per bad variable
 */
export function start(): void {
  const env = getEnv();
  logUncaughtErrors();
  log.info('instance.started', {
    appUrl: env.appUrl,
    simulated: env.spotifySimulated,
    trustedHops: env.trustedHops,
    limits: Object.entries(limitsInForce())
      .map(([name, points]) => `${name}=${points}`)
      .join(' '),
  });
  // What stands in front gives people another address, under which nothing could be pressed.
  if (env.trustedHops > 0 && env.appUrlAssumed) log.warn('app_url.assumed', { appUrl: env.appUrl });
  onShutdown('begins', releaseInstance);
  releaseOnSignal();
  const around: typeof globalThis & Around = globalThis;
  const whenProvided = around[provided] ?? null;
  if (whenProvided === null) beginWork();
  // When it never comes, this process ends.
  else whenProvided.then(beginWork, () => undefined);
}

/**
 * From here on the instance is let go when it is asked to end, whatever serves it: a platform gives it half a second (WT8). The process ends
 * by whoever serves it.
 */
export function releaseOnSignal(): void {
  perProcess('release-on-signal', () => process.once('SIGTERM', () => void releaseInstance()));
}

/**
 * Lets this instance go: streams end and their clients go to another instance, leases are given back, the listener stops
 * (RL-08). Requests that are still running keep the database until their end.
 */
export async function releaseInstance(): Promise<void> {
  beginEnding();
  closeBroadcasts();
  stopPresence();
  stopAdoptingRooms();
  void stopCleaningUp();
  await Promise.all([handOverWatchRuns(), getRoomWatchers().close()]);
  await getRoomBus(busDatabase).stop();
}

/** Everything that would keep this process from ending, the database's connections too. */
export async function stopInstance(): Promise<void> {
  await releaseInstance();
  await stopCleaningUp();
  await getPool().end();
}
