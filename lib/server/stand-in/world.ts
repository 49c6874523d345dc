import 'server-only';
import { createWorld, type World } from '@/simulator/world/world';
import { exportState, importState } from '@/simulator/world/state';
import { visitWorld } from '@/lib/server/db/simulated-spotify';
import { getEnv } from '@/lib/server/runtime/env';
import { standInClient, standInPath } from './address';

/** How late reads show what a command did, in ms, as Spotify's do. */
const lagMs = 400;

function newWorld(): World {
  const options = {
    ...standInClient,
    redirectUris: [`${getEnv().appUrl}/api/spotify/callback`],
    basePath: standInPath,
    lagMs,
    clock: Date.now,
    // It listens nowhere, is changed by nothing but calls, and writes no file.
    port: 0,
    controlSecret: '',
    stateFile: null,
  };
  return createWorld(options, { port: () => 0, changed: () => undefined });
}

/**
 * Does something in a world of the stand-in, as its last visitor left it, on whichever instance that was. Visits to one world come one after
 * the other.
 */
export function inWorld<T>(name: string, work: (world: World) => Promise<T> | T): Promise<T> {
  return visitWorld(name, async (state) => {
    const world = newWorld();
    importState(world, state);
    const result = await work(world);
    return { state: exportState(world), result };
  });
}
