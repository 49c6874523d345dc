import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { previous } from '@/lib/server/rooms/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'tools',
    limit: 'commands',
    handle: async ({ viewer }) => {
      await previous(viewer);
      return noContent();
    },
  }),
});
