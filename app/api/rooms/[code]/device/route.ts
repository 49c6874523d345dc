import { methods, route } from '@/lib/server/http/route';
import { transfer } from '@/lib/server/rooms/playback/remote';
import { deviceInput } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route({
    access: 'choose_device',
    body: deviceInput,
    limit: 'commands',
    handle: ({ viewer, body }) => transfer(viewer, body.deviceId),
  }),
});
