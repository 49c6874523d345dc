import { methods, route } from '@/lib/server/http/route';
import { readmitMember } from '@/lib/server/rooms/members/rights';
import { memberParams } from '@/lib/shared/contract/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'manage_people',
    params: memberParams,
    limit: 'commands',
    handle: ({ viewer, params }) => readmitMember(viewer, params.id),
  }),
});
