import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { restoreSong } from '@/lib/server/rooms/queue/songs';
import { songParams, type SongResponse } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'take_part',
    params: songParams,
    limit: 'commands',
    handle: async ({ viewer, params }) => json<SongResponse>({ item: await restoreSong(viewer, params.id) }),
  }),
});
