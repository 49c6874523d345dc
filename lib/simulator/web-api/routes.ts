import type { Route } from '../http/router';
import type { World } from '../world';
import { playerCommands } from './player-commands';
import { playerReads } from './player-reads';
import { profileRoutes } from './profile';

/** Every route under `/v1`. */
export function webApiRoutes(world: World): readonly Route[] {
  return [...profileRoutes(world), ...playerReads(world), ...playerCommands(world)];
}
