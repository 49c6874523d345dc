import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { removeSong } from '@/lib/server/rooms/queue/songs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'member',
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await removeSong(viewer, params['id'] ?? '');
      return noContent();
    },
  }),
});
