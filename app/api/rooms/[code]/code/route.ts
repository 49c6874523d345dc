import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { renewCode } from '@/lib/server/rooms/members/room-code';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'host',
    limit: 'commands',
    handle: async ({ viewer }) => json({ room: await renewCode(viewer) }),
  }),
});
