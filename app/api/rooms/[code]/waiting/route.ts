import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listWaiting } from '@/lib/server/rooms/members/door';
import type { WaitingResponse } from '@/lib/shared/contract/waiting';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'admit',
    limit: 'commands',
    handle: async ({ viewer }) => json<WaitingResponse>({ waiting: await listWaiting(viewer) }),
  }),
});
