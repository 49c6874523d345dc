import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { approveSong } from '@/lib/server/rooms/queue/moderation';
import { songParams, type SongResponse } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'arrange',
    params: songParams,
    limit: 'commands',
    handle: async ({ viewer, params }) => json<SongResponse>({ item: await approveSong(viewer, params.id) }),
  }),
});
