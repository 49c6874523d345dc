import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listPlaylists } from '@/lib/server/rooms/queue/playlists';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'host',
    limit: 'playlists',
    handle: async ({ viewer }) => json({ playlists: await listPlaylists(viewer) }),
  }),
});
