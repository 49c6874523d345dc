import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { joinRoom } from '@/lib/server/rooms/members/join';
import { joinInput, type JoinResponse } from '@/lib/shared/contract/members';
import type { KnockResponse } from '@/lib/shared/contract/waiting';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'join',
    body: joinInput,
    handle: async ({ viewer: door, body, requester }) => {
      const joined = await joinRoom(requester, door, body);
      const { setCookie } = joined;
      if (joined.kind === 'waiting')
        return json<KnockResponse>({ waiting: joined.waiting }, { status: 202, setCookie });
      return json<JoinResponse>({ member: joined.member }, { status: joined.isNew ? 201 : 200, setCookie });
    },
  }),
});
