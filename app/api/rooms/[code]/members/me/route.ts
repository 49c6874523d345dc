import { methods, route } from '@/lib/server/http/route';
import { leave } from '@/lib/server/rooms/members/leave';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'leave',
    handle: ({ viewer }) => leave(viewer),
  }),
});
