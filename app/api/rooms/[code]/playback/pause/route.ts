import { methods, route } from '@/lib/server/http/route';
import { pause } from '@/lib/server/rooms/playback/remote';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'pause',
    limit: 'commands',
    handle: ({ viewer }) => pause(viewer),
  }),
});
