import { inviteAddresses } from '@/lib/server/http/invite-addresses';
import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import type { InviteResponse } from '@/lib/shared/contract/app';

/** What the page of a host asks while *Invite* is open and nobody has come yet (AD5): a part of the page, and none of the API. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'configure',
    handle: ({ request }) =>
      Promise.resolve(json<InviteResponse>({ invite: inviteAddresses(request.headers.get('host')) })),
  }),
});
