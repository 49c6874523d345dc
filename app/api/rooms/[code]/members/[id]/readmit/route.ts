import { noContent } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { readmitMember } from '@/lib/server/rooms/members/rights';
import { memberParams } from '@/lib/shared/contract/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'host',
    params: memberParams,
    handle: async ({ viewer, params }) => {
      await readmitMember(viewer, params.id);
      return noContent();
    },
  }),
});
