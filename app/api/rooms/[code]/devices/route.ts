import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listDevices } from '@/lib/server/rooms/playback/remote';
import type { DevicesResponse } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'choose_device',
    limit: 'commands',
    handle: async ({ viewer }) => json<DevicesResponse>({ devices: await listDevices(viewer) }),
  }),
});
