import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { refreshSpotify } from '@/lib/server/rooms/host/spotify-connection';
import { refreshInput, type RefreshResponse } from '@/lib/shared/contract/spotify';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    query: refreshInput,
    handle: async ({ query, requester }) => {
      const expiresAt = await refreshSpotify(requester.cookieHeader, query.force === '1');
      return json<RefreshResponse>({ expiresAt: expiresAt.toISOString() });
    },
  }),
});
