import { methods, route } from '@/lib/server/http/route';
import { removeSong } from '@/lib/server/rooms/queue/songs';
import { songParams } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'take_part',
    params: songParams,
    limit: 'commands',
    handle: ({ viewer, params }) => removeSong(viewer, params.id),
  }),
});
