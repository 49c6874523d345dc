import { getConnection } from '@/lib/server/auth/connection';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ requester }) => json(await getConnection(requester.cookieHeader)),
  }),
});
