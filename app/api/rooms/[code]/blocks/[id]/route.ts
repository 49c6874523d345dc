import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { removeBlock } from '@/lib/server/rooms/queue-tools';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'tools',
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await removeBlock(viewer, params['id'] ?? '');
      return noContent();
    },
  }),
});
