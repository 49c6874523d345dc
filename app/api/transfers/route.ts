import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { takeOver } from '@/lib/server/rooms/host/transfer';
import { takeOverInput, type TakeOverResponse } from '@/lib/shared/contract/transfers';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    body: takeOverInput,
    handle: async ({ body, requester }) => {
      const { room, member, setCookie } = await takeOver(requester, body);
      return json<TakeOverResponse>({ room, member }, { setCookie });
    },
  }),
});
