import { requireAppUrl } from '@/lib/server/http/request-origin';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { createRoom } from '@/lib/server/rooms/members/create-room';
import { createRoomInput, type RoomResponse } from '@/lib/shared/contract/rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    body: createRoomInput,
    limit: 'rooms',
    handle: async ({ request, body, requester }) => {
      requireAppUrl(request);
      const { room, created, setCookie } = await createRoom(requester, body);
      return json<RoomResponse>({ room }, { status: created ? 201 : 200, location: `/room/${room.code}`, setCookie });
    },
  }),
});
