import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { moveSong, releaseSong } from '@/lib/server/rooms/queue-tools';
import { moveInput } from '@/lib/shared/queue-input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'tools',
    body: moveInput,
    limit: 'commands',
    handle: async ({ viewer, params, body }) => {
      await moveSong(viewer, params['id'] ?? '', body.beforeId);
      return noContent();
    },
  }),
  DELETE: route({
    access: 'tools',
    limit: 'commands',
    handle: async ({ viewer, params }) => {
      await releaseSong(viewer, params['id'] ?? '');
      return noContent();
    },
  }),
});
