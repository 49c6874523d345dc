import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { searchSongs } from '@/lib/server/rooms/queue/search';
import { searchInput, type SearchResponse } from '@/lib/shared/contract/search';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'take_part',
    query: searchInput,
    limit: 'searches',
    handle: async ({ viewer, query }) => json<SearchResponse>(await searchSongs(viewer, query)),
  }),
});
