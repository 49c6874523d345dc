import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { block, listBlocks } from '@/lib/server/rooms/queue/blocks';
import { blockInput, type BlockResponse, type BlocksResponse } from '@/lib/shared/contract/blocks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'arrange',
    limit: 'commands',
    handle: async ({ viewer }) => json<BlocksResponse>({ blocks: await listBlocks(viewer) }),
  }),
  POST: route({
    access: 'arrange',
    body: blockInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json<BlockResponse>(await block(viewer, body), { status: 201 }),
  }),
});
