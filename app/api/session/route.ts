import { methods, route } from '@/lib/server/http/route';
import { noContent } from '@/lib/server/http/responses';
import { logOut, logOutOthers } from '@/lib/server/rooms/host/log-out';
import { logOutInput } from '@/lib/shared/contract/session';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'public',
    limit: 'commands',
    query: logOutInput,
    handle: async ({ query, requester }) => {
      const end = query.others === '1' ? logOutOthers : logOut;
      return noContent({ setCookie: await end(requester.cookieHeader) });
    },
  }),
});
