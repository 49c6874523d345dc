import { requireAppUrl, requireNavigation } from '@/lib/server/http/request-origin';
import { seeOther } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { startHostLogin } from '@/lib/server/rooms/host/host-login';
import { authorizeInput } from '@/lib/shared/contract/spotify';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    query: authorizeInput,
    handle: async ({ request, query, requester }) => {
      requireNavigation(request);
      requireAppUrl(request);
      const { url, setCookie } = await startHostLogin(requester, {
        returnTo: query.returnTo ?? null,
        anotherAccount: query.account === 'another',
        right: query.for ?? null,
      });
      return seeOther(url, { setCookie });
    },
  }),
});
