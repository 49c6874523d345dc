import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { addSong, listQueue } from '@/lib/server/rooms/queue/songs';
import { addSongInput, type QueueResponse, type SongResponse } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'take_part',
    limit: 'commands',
    handle: async ({ viewer }) => json<QueueResponse>(await listQueue(viewer)),
  }),
  POST: route({
    access: 'take_part',
    body: addSongInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json<SongResponse>({ item: await addSong(viewer, body.uri) }, { status: 201 }),
  }),
});
