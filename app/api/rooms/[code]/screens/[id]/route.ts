import { methods, route } from '@/lib/server/http/route';
import { takeScreenAway } from '@/lib/server/rooms/members/room-screens';
import { screenParams } from '@/lib/shared/contract/screens';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'manage_screens',
    params: screenParams,
    limit: 'commands',
    handle: ({ viewer, params }) => takeScreenAway(viewer, params.id),
  }),
});
