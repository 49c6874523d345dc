import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { transfer } from '@/lib/server/rooms/playback/remote';
import { deviceInput } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route({
    access: 'host',
    body: deviceInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => {
      await transfer(viewer, body.deviceId);
      return noContent();
    },
  }),
});
