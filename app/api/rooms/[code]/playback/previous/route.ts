import { methods, route } from '@/lib/server/http/route';
import { previous } from '@/lib/server/rooms/playback/remote';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'control',
    limit: 'commands',
    handle: ({ viewer }) => previous(viewer),
  }),
});
