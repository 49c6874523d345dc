import 'server-only';
import { busDatabase } from './db/room-versions';
import { getPool } from './db/pool';
import { getRoomBus } from './events/room-bus';
import { stopSweeping } from './player/unwatched-rooms';
import { getRoomWatches } from './player/watches';
import { stopPresence } from './rooms/presence';
import { closeFeeds } from './rooms/room-feed';

/**
 * Lets this instance go: streams end and their clients go to another instance, leases are given back, the listener stops
 * (RL-08). Requests that are still running keep the database until their end.
 */
export async function releaseInstance(): Promise<void> {
  closeFeeds();
  stopPresence();
  stopSweeping();
  await getRoomWatches().close();
  await getRoomBus(busDatabase).stop();
}

/** Everything that would keep this process from ending, the database's connections too. */
export async function stopInstance(): Promise<void> {
  await releaseInstance();
  await getPool().end();
}
