import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { becomeScreen } from '@/lib/server/rooms/members/own-screen';
import type { ScreenResponse } from '@/lib/shared/contract/screens';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    limit: 'screens',
    handle: async ({ requester }) => {
      const { screen, isNew, setCookie } = await becomeScreen(requester.cookieHeader);
      return json<ScreenResponse>({ screen }, { status: isNew ? 201 : 200, setCookie });
    },
  }),
});
