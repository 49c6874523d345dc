import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listPlayed } from '@/lib/server/rooms/queue/history';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'member',
    limit: 'commands',
    handle: async ({ viewer }) => json({ played: await listPlayed(viewer) }),
  }),
});
