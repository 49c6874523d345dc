import { json } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';
import { getMe } from '@/lib/server/rooms/members/me';
import type { MeResponse } from '@/lib/shared/contract/rooms';

const get = route({
  access: 'public',
  handle: async ({ requester }) => json<MeResponse>(await getMe(requester.cookieHeader)),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: get, HEAD: headOf(get) });
