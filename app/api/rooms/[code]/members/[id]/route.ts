import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { removeMember } from '@/lib/server/rooms/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route({
    access: 'host',
    handle: async ({ viewer, params }) => {
      await removeMember(viewer, params['id'] ?? '');
      return noContent();
    },
  }),
});
