import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { saveHistory } from '@/lib/server/rooms/queue/save-history';
import { saveHistoryInput, type SavedPlaylistResponse } from '@/lib/shared/contract/history';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'use_account',
    body: saveHistoryInput,
    limit: 'playlists',
    handle: async ({ viewer, body }) =>
      json<SavedPlaylistResponse>({ playlist: await saveHistory(viewer, body.name) }, { status: 201 }),
  }),
});
