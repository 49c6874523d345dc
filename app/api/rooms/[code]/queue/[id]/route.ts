import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { removeSong } from '@/lib/server/rooms/queue/songs';
import { songParams } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'member',
    params: songParams,
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await removeSong(viewer, params.id);
      return noContent();
    },
  }),
});
