import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { listScreens, pairWithRoom } from '@/lib/server/rooms/members/room-screens';
import { pairInput, type PairResponse, type RoomScreensResponse } from '@/lib/shared/contract/screens';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'manage_screens',
    limit: 'commands',
    handle: async ({ viewer }) => json<RoomScreensResponse>({ screens: await listScreens(viewer) }),
  }),
  POST: route({
    access: 'manage_screens',
    body: pairInput,
    limit: 'commands',
    handle: async ({ viewer, body }) =>
      json<PairResponse>({ screen: await pairWithRoom(viewer, body.code) }, { status: 201 }),
  }),
});
