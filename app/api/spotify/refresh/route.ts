import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { refreshSpotify } from '@/lib/server/rooms/host/spotify-connection';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    handle: async ({ request, requester }) => {
      const force = new URL(request.url).searchParams.get('force') === '1';
      const expiresAt = await refreshSpotify(requester.cookieHeader, force);
      return json({ expiresAt: expiresAt.toISOString() });
    },
  }),
});
