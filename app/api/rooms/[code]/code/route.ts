import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { renewCode } from '@/lib/server/rooms/members/room-code';
import type { RoomResponse } from '@/lib/shared/contract/rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'configure',
    limit: 'commands',
    handle: async ({ viewer }) => json<RoomResponse>({ room: await renewCode(viewer) }),
  }),
});
