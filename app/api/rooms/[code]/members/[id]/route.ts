import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { changeRights, removeMember } from '@/lib/server/rooms/members/rights';
import {
  memberParams,
  memberRightsInput,
  type MemberRightsResponse,
  removeMemberInput,
} from '@/lib/shared/contract/members';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route({
    access: 'manage_people',
    params: memberParams,
    body: memberRightsInput,
    limit: 'commands',
    handle: async ({ viewer, params, body }) =>
      json<MemberRightsResponse>({ member: await changeRights(viewer, params.id, body) }),
  }),
  DELETE: route({
    access: 'manage_people',
    params: memberParams,
    query: removeMemberInput,
    limit: 'commands',
    handle: ({ viewer, params, query }) => removeMember(viewer, params.id, query.songs === 'remove'),
  }),
});
