import { requireAppUrl } from '@/lib/server/http/request-origin';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { startDemo } from '@/lib/server/rooms/demo/start-demo';
import type { DemoResponse } from '@/lib/shared/contract/demo';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    handle: async ({ request, requester }) => {
      requireAppUrl(request);
      const { code, created, setCookie } = await startDemo(requester);
      return json<DemoResponse>(
        { room: { code } },
        { status: created ? 201 : 200, location: `/room/${code}`, setCookie },
      );
    },
  }),
});
