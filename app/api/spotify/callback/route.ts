import { withOutcome } from '@/lib/server/auth/return-path';
import { seeOther } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { finishHostLogin } from '@/lib/server/rooms/host-login';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request, asker }) => {
      const { searchParams } = new URL(request.url);
      const { outcome, returnTo, setCookie } = await finishHostLogin(asker.cookieHeader, searchParams);
      return seeOther(withOutcome(returnTo, outcome), { setCookie });
    },
  }),
});
