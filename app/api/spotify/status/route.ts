import { getConnection } from '@/lib/server/auth/connection';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import type { SpotifyConnection } from '@/lib/shared/contract/spotify';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ requester }) => json<SpotifyConnection>(await getConnection(requester.cookieHeader)),
  }),
});
