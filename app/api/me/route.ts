import { json } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';
import { getMe } from '@/lib/server/rooms/me';

const get = route({
  access: 'public',
  handle: async ({ asker }) => json(await getMe(asker.cookieHeader)),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: get, HEAD: headOf(get) });
