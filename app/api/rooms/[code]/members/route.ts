import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { joinRoom } from '@/lib/server/rooms/members/join';
import { joinInput, type JoinResponse } from '@/lib/shared/contract/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'join',
    body: joinInput,
    handle: async ({ viewer: room, body, requester }) => {
      const { member, isNew, setCookie } = await joinRoom(requester, room, body);
      return json<JoinResponse>({ member }, { status: isNew ? 201 : 200, setCookie });
    },
  }),
});
