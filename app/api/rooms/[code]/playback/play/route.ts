import { methods, route } from '@/lib/server/http/route';
import { play } from '@/lib/server/rooms/playback/remote';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'member',
    limit: 'commands',
    handle: ({ viewer }) => play(viewer),
  }),
});
