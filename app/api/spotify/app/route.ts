import { requireAppUrl } from '@/lib/server/http/request-origin';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { chooseOwnApp, describeOwnApp, forgetOwnApp, requireOwnApps } from '@/lib/server/rooms/host/own-app';
import { ownAppInput, type OwnAppResponse } from '@/lib/shared/contract/spotify';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ requester }) => json<OwnAppResponse>(await describeOwnApp(requester.cookieHeader)),
  }),
  PUT: route({
    access: 'public',
    // It may open a session, as a login does.
    limit: 'logins',
    body: ownAppInput,
    handle: async ({ request, body, requester }) => {
      requireOwnApps();
      requireAppUrl(request);
      const { app, setCookie } = await chooseOwnApp(requester.cookieHeader, body.clientId);
      return json<OwnAppResponse>(app, { setCookie });
    },
  }),
  DELETE: route({
    access: 'public',
    limit: 'commands',
    handle: ({ requester }) => forgetOwnApp(requester.cookieHeader),
  }),
});
