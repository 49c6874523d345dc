import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { playerCommands } from './player-commands';
import { playerReads } from './player-reads';
import { playlistRoutes } from './playlists';
import { profileRoutes } from './profile';
import { removedRoutes } from './removed-routes';
import { searchRoutes } from './search';
import { trackRoutes } from './tracks';

/** Every route under `/v1`. */
export function webApiRoutes(world: World): readonly Route[] {
  return [
    ...profileRoutes(world),
    ...playerReads(world),
    ...playerCommands(world),
    ...searchRoutes(world),
    ...trackRoutes(world),
    ...playlistRoutes(world),
    ...removedRoutes(world),
  ];
}
