import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { getSpotifyStatus } from '@/lib/server/rooms/spotify-connection';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ asker }) => json(await getSpotifyStatus(asker.cookieHeader)),
  }),
});
