import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { next } from '@/lib/server/rooms/playback';
import { nextInput } from '@/lib/shared/playback-input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'tools',
    body: nextInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => {
      await next(viewer, body.playId);
      return noContent();
    },
  }),
});
