import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { inTransaction } from '@/lib/server/db/connection/client';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { beginRun, claimRun, endRun, noteRunFailure, passRun, renewRun } from '@/lib/server/db/watch-runs';
import { errorKind, log } from '@/lib/server/runtime/log';
import { unlessSaidLately } from '@/lib/server/runtime/repeats';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { perProcess } from '@/lib/server/runtime/per-process';
import { getRoomWatchers } from './room-watchers';
import { type RunRequest, sendRunRequest } from './run-request';

/** How long one request of a run watches, in ms: platforms end a request after 300 s, and the next one has to be asked before. */
const watchMs = 270_000;

/** Between two signs of life, in ms. */
const renewMs = 5_000;

/** How often the next request is tried, and the pauses in between, in ms. */
const pausesMs = [1_000, 3_000];

/** The runs of this instance, and what ends them. */
const here = () =>
  perProcess('watch-runs', () => ({ running: new Set<Promise<void>>(), shutdown: new AbortController() }));

/** What the host is told changes with whether the app reaches itself (FD11). */
async function noteReached(roomId: string, reached: boolean): Promise<void> {
  if (await noteRunFailure(roomId, !reached)) await inTransaction((tx) => bumpRoom(tx, roomId));
}

/** Asks the app for the next request of a run. One that does not arrive leaves the room unwatched until somebody comes, and is said. */
async function ask(request: RunRequest): Promise<void> {
  let failure = '';
  const { signal } = here().shutdown;
  for (const pauseMs of [0, ...pausesMs]) {
    if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    // An instance that ends has no time for a second try.
    if (pauseMs > 0 && signal.aborted) break;
    try {
      const status = await sendRunRequest(request);
      if (status === 202) return;
      failure = String(status);
    } catch (error) {
      failure = errorKind(error);
    }
  }
  const news = unlessSaidLately(`watch_run.not_reached ${failure}`);
  if (news !== null) log.error('watch_run.not_reached', { answer: failure, ...news });
  await noteReached(request.roomId, false);
}

/** Begins a watch run where songs wait and none goes on (FD11). Never fails: whoever comes next begins it. */
export async function startWatchRun(roomId: string): Promise<void> {
  try {
    const generation = await beginRun(roomId);
    if (generation !== null) await ask({ roomId, generation });
  } catch (error) {
    logWorkFailure('watch_run', error);
  }
}

/** Watches until the time is up, nothing is left to do, another run goes on, or the instance ends. */
async function watch(roomId: string, generation: number): Promise<void> {
  const { signal } = here().shutdown;
  const until = Date.now() + watchMs;
  let release = getRoomWatchers().hold(roomId);
  try {
    while (Date.now() < until && !signal.aborted) {
      await delay(renewMs, undefined, { signal }).catch(() => undefined);
      if (!(await renewRun(roomId, generation))) return;
      const before = release;
      release = getRoomWatchers().hold(roomId);
      before();
    }
  } finally {
    release();
    // Its lease is back before the next request asks for it.
    await getRoomWatchers().settled();
  }
}

/**
 * Takes what another request, or a person's, has asked for.
 *
 * @returns the generation to go on with; null when it was taken already, or the run is over
 */
export async function claimWatchRun({ roomId, generation }: RunRequest): Promise<number | null> {
  const claimed = await claimRun(roomId, generation);
  if (claimed !== null) await noteReached(roomId, true);
  return claimed;
}

async function watchAndPass(roomId: string, generation: number): Promise<void> {
  try {
    await watch(roomId, generation);
    let next = await passRun(roomId, generation);
    if (next === null) {
      await endRun(roomId, generation);
      // Who added a song just before found this run alive.
      next = await passRun(roomId, generation);
    }
    if (next !== null) await ask({ roomId, generation: next });
  } catch (error) {
    logWorkFailure('watch_run', error);
  }
}

/** One request of a watch run: watches, and asks for the next one when songs still wait (FD11). Never fails. */
export function runWatch(roomId: string, generation: number): Promise<void> {
  const { running } = here();
  const run = watchAndPass(roomId, generation).finally(() => running.delete(run));
  running.add(run);
  return run;
}

/** Lets this instance's watch runs go on elsewhere, at once. */
export async function handOverWatchRuns(): Promise<void> {
  const { running, shutdown } = here();
  shutdown.abort();
  await Promise.all(running);
}
