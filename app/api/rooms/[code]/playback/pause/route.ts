import { methods, route } from '@/lib/server/http/route';
import { pause } from '@/lib/server/rooms/playback/remote';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'member',
    limit: 'commands',
    handle: ({ viewer }) => pause(viewer),
  }),
});
