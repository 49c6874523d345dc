import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { disconnectSpotify } from '@/lib/server/rooms/host-login';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'public',
    handle: async ({ asker }) => {
      await disconnectSpotify(asker.cookieHeader);
      return noContent();
    },
  }),
});
