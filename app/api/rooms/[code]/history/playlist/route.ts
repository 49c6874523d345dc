import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { savePlayed } from '@/lib/server/rooms/queue/save-history';
import { savePlaylistInput } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'host',
    body: savePlaylistInput,
    limit: 'playlists',
    handle: async ({ viewer, body }) => json({ playlist: await savePlayed(viewer, body.name) }, { status: 201 }),
  }),
});
