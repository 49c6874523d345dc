import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { setVolume } from '@/lib/server/rooms/playback';
import { volumeInput } from '@/lib/shared/playback-input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'tools',
    body: volumeInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => {
      await setVolume(viewer, body.percent);
      return noContent();
    },
  }),
});
