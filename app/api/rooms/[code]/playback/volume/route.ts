import { methods, route } from '@/lib/server/http/route';
import { setVolume } from '@/lib/server/rooms/playback/remote';
import { volumeInput } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'control',
    body: volumeInput,
    limit: 'commands',
    handle: ({ viewer, body }) => setVolume(viewer, body.percent),
  }),
});
