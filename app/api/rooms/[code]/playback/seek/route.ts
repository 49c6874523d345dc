import { methods, route } from '@/lib/server/http/route';
import { seek } from '@/lib/server/rooms/playback/remote';
import { seekInput } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'control',
    body: seekInput,
    limit: 'commands',
    handle: ({ viewer, body }) => seek(viewer, body.positionMs),
  }),
});
