import { catalogue } from '@/simulator/catalogue/catalogue';
import { isSpotifyId } from '@/simulator/catalogue/ids';
import { json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError, notFound } from './request/errors';
import { itemObject } from './objects/items';
import { apiRoute } from './request/authorization';

/** Single songs and episodes. @see https://developer.spotify.com/documentation/web-api/reference/get-track */
export function trackRoutes(world: World): readonly Route[] {
  const single = (kind: 'track' | 'episode'): Route =>
    apiRoute(`GET /v1/${kind}s/:id`, world, {}, ({ params }) => {
      const id = params['id'] ?? '';
      if (!isSpotifyId(id)) return apiError(400, 'Invalid base62 id');
      const item = catalogue.find(`spotify:${kind}:${id}`);
      return item === undefined ? notFound() : json(200, itemObject(item, world.settings.profile));
    });
  return [single('track'), single('episode')];
}
