import { phoneOrigin } from '@/lib/server/http/invite-addresses';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { createTransfer } from '@/lib/server/rooms/host/transfer';
import type { TransferResponse } from '@/lib/shared/contract/transfers';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'hand_over',
    limit: 'commands',
    handle: async ({ request, viewer }) => {
      const transfer = await createTransfer(viewer, phoneOrigin(request.headers.get('host')));
      return json<TransferResponse>({ transfer }, { status: 201 });
    },
  }),
});
