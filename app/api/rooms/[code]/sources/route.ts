import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { setSources } from '@/lib/server/rooms/queue/playlists';
import { sourcesInput } from '@/lib/shared/contract/playlists';
import type { RoomResponse } from '@/lib/shared/contract/rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route({
    access: 'use_account',
    body: sourcesInput,
    limit: 'playlists',
    handle: async ({ viewer, body }) => json<RoomResponse>({ room: await setSources(viewer, body.playlistIds) }),
  }),
});
