import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listPlaylists } from '@/lib/server/rooms/queue/playlists';
import type { PlaylistsResponse } from '@/lib/shared/contract/playlists';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'use_account',
    limit: 'playlists',
    handle: async ({ viewer }) => json<PlaylistsResponse>({ playlists: await listPlaylists(viewer) }),
  }),
});
