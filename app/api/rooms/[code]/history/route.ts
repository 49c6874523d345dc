import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listPlayed } from '@/lib/server/rooms/queue/history';
import type { HistoryResponse } from '@/lib/shared/contract/history';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'take_part',
    limit: 'commands',
    handle: async ({ viewer }) => json<HistoryResponse>({ played: await listPlayed(viewer) }),
  }),
});
