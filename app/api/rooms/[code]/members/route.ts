import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { joinRoom } from '@/lib/server/rooms/members';
import { joinInput } from '@/lib/shared/room-input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'room',
    body: joinInput,
    handle: async ({ viewer: room, body, asker }) => {
      const { member, isNew, setCookie } = await joinRoom(asker, room, body);
      return json({ member }, { status: isNew ? 201 : 200, setCookie });
    },
  }),
});
