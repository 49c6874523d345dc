import type { CleanupResponse } from '@/lib/shared/contract/app';
import { requireCronSecret } from '@/lib/server/http/bearer';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { cleanUpIfDue } from '@/lib/server/rooms/cleanup';

/** GET, although it changes something: so a platform's cron asks. It brings nothing, and does what would be done anyway. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request }) => {
      requireCronSecret(request);
      return json<CleanupResponse>({ outcome: await cleanUpIfDue() });
    },
  }),
});
