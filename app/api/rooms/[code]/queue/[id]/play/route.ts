import { methods, route } from '@/lib/server/http/route';
import { playSong } from '@/lib/server/rooms/playback/remote';
import { songParams } from '@/lib/shared/contract/queue';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'arrange',
    params: songParams,
    limit: 'commands',
    handle: ({ viewer, params }) => playSong(viewer, params.id),
  }),
});
