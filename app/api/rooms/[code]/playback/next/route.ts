import { methods, route } from '@/lib/server/http/route';
import { next } from '@/lib/server/rooms/playback/remote';
import { nextInput } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'control',
    body: nextInput,
    limit: 'commands',
    handle: ({ viewer, body }) => next(viewer, body.playId),
  }),
});
