import { withOutcome } from '@/lib/server/auth/return-path';
import { seeOther } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { finishHostLogin } from '@/lib/server/rooms/host/host-login';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request, requester }) => {
      const { searchParams } = new URL(request.url);
      const { outcome, returnTo, setCookie } = await finishHostLogin(requester.cookieHeader, searchParams);
      return seeOther(withOutcome(returnTo, outcome), { setCookie });
    },
  }),
});
