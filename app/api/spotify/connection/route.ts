import { methods, route } from '@/lib/server/http/route';
import { disconnectSpotify } from '@/lib/server/rooms/host/disconnect';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'public',
    limit: 'commands',
    handle: ({ requester }) => disconnectSpotify(requester.cookieHeader),
  }),
});
