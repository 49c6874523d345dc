import { json, jsonText } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';
import { end } from '@/lib/server/rooms/members/leave';
import { changeSettings } from '@/lib/server/rooms/members/settings';
import { getRoomViewText } from '@/lib/server/rooms/live/room-view';
import { roomSettingsInput, type RoomResponse } from '@/lib/shared/contract/rooms';

const get = route({
  access: 'see',
  handle: async ({ viewer }) => jsonText(await getRoomViewText(viewer)),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: get,
  HEAD: headOf(get),
  PATCH: route({
    access: 'open_queue',
    body: roomSettingsInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json<RoomResponse>({ room: await changeSettings(viewer, body) }),
  }),
  DELETE: route({
    access: 'end_room',
    handle: ({ viewer }) => end(viewer),
  }),
});
