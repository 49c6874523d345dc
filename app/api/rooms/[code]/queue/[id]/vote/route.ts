import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { voteForSong } from '@/lib/server/rooms/queue/songs';
import { queueVoteInput, songParams, type SongResponse } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route({
    access: 'take_part',
    params: songParams,
    body: queueVoteInput,
    limit: 'commands',
    handle: async ({ viewer, params, body }) =>
      json<SongResponse>({ item: await voteForSong(viewer, params.id, body.value) }),
  }),
});
