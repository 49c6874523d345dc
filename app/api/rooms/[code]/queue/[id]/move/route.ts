import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { moveSong, unpinSong } from '@/lib/server/rooms/queue/moderation';
import { moveInput, songParams } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'moderator',
    params: songParams,
    body: moveInput,
    limit: 'commands',
    handle: async ({ viewer, params, body }) => {
      await moveSong(viewer, params.id, body.beforeId);
      return noContent();
    },
  }),
  DELETE: route({
    access: 'moderator',
    params: songParams,
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await unpinSong(viewer, params.id);
      return noContent();
    },
  }),
});
