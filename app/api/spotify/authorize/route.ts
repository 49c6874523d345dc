import { requireAppUrl, requireNavigation } from '@/lib/server/http/request-origin';
import { seeOther } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { startHostLogin } from '@/lib/server/rooms/host-login';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request, asker }) => {
      requireNavigation(request);
      requireAppUrl(request);
      const returnTo = new URL(request.url).searchParams.get('returnTo');
      const { url, setCookie } = await startHostLogin(asker, returnTo);
      return seeOther(url, { setCookie });
    },
  }),
});
