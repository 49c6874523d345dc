import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { block, listBlocks } from '@/lib/server/rooms/queue/moderation';
import { blockInput } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'moderator',
    handle: async ({ viewer }) => json({ blocks: await listBlocks(viewer) }),
  }),
  POST: route({
    access: 'moderator',
    body: blockInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json(await block(viewer, body), { status: 201 }),
  }),
});
