import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { readmit } from '@/lib/server/rooms/members/members';
import { memberParams } from '@/lib/shared/contract/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'host',
    params: memberParams,
    handle: async ({ viewer, params }) => {
      await readmit(viewer, params.id);
      return noContent();
    },
  }),
});
