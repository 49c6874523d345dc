import { parseScopePurpose } from '@/lib/server/auth/scopes';
import { requireAppUrl, requireNavigation } from '@/lib/server/http/request-origin';
import { seeOther } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { startHostLogin } from '@/lib/server/rooms/host/host-login';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request, requester }) => {
      requireNavigation(request);
      requireAppUrl(request);
      const { searchParams } = new URL(request.url);
      const { url, setCookie } = await startHostLogin(requester, {
        returnTo: searchParams.get('returnTo'),
        anotherAccount: searchParams.get('account') === 'another',
        purpose: parseScopePurpose(searchParams.get('for')),
      });
      return seeOther(url, { setCookie });
    },
  }),
});
