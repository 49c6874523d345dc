import { methods, route } from '@/lib/server/http/route';
import { admit, refuse } from '@/lib/server/rooms/members/door';
import { waitingParams } from '@/lib/shared/contract/waiting';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'admit',
    params: waitingParams,
    limit: 'commands',
    handle: ({ viewer, params }) => admit(viewer, params.id),
  }),
  DELETE: route({
    access: 'admit',
    params: waitingParams,
    limit: 'commands',
    handle: ({ viewer, params }) => refuse(viewer, params.id),
  }),
});
