import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { unblock } from '@/lib/server/rooms/queue/moderation';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'moderator',
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await unblock(viewer, params['id'] ?? '');
      return noContent();
    },
  }),
});
