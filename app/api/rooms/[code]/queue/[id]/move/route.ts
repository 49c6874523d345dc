import { methods, route } from '@/lib/server/http/route';
import { moveSong, unpinSong } from '@/lib/server/rooms/queue/moderation';
import { moveInput, songParams } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'arrange',
    params: songParams,
    body: moveInput,
    limit: 'commands',
    handle: ({ viewer, params, body }) => moveSong(viewer, params.id, body.beforeId),
  }),
  DELETE: route({
    access: 'arrange',
    params: songParams,
    limit: 'commands',
    handle: ({ viewer, params }) => unpinSong(viewer, params.id),
  }),
});
