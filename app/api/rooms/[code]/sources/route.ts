import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { setSources } from '@/lib/server/rooms/queue/playlists';
import { sourcesInput } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route({
    access: 'host',
    body: sourcesInput,
    limit: 'playlists',
    handle: async ({ viewer, body }) => json({ room: await setSources(viewer, body.playlistIds) }),
  }),
});
