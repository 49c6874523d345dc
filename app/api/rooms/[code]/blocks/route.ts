import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { addBlock, listBlocks } from '@/lib/server/rooms/queue-tools';
import { blockInput } from '@/lib/shared/queue-input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'tools',
    handle: async ({ viewer }) => json({ blocks: await listBlocks(viewer) }),
  }),
  POST: route({
    access: 'tools',
    body: blockInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json(await addBlock(viewer, body), { status: 201 }),
  }),
});
