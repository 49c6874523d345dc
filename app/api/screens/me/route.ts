import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { describeOwnScreen } from '@/lib/server/rooms/members/own-screen';
import type { ScreenResponse } from '@/lib/shared/contract/screens';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ requester }) => json<ScreenResponse>({ screen: await describeOwnScreen(requester.cookieHeader) }),
  }),
});
