import { methods, route } from '@/lib/server/http/route';
import { unblock } from '@/lib/server/rooms/queue/blocks';
import { blockParams } from '@/lib/shared/contract/blocks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'arrange',
    params: blockParams,
    limit: 'commands',
    handle: ({ viewer, params }) => unblock(viewer, params.id),
  }),
});
