import { json } from '@/lib/server/http/responses';
import { methods, route } from '@/lib/server/http/route';
import { castSkipVote, withdrawSkipVote } from '@/lib/server/rooms/playback/skip-votes';
import { skipVoteInput, type SkipVoteResponse } from '@/lib/shared/contract/playback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'take_part',
    body: skipVoteInput,
    limit: 'commands',
    handle: async ({ viewer, body }) => json<SkipVoteResponse>(await castSkipVote(viewer, body.playId)),
  }),
  DELETE: route({
    access: 'take_part',
    query: skipVoteInput,
    limit: 'commands',
    handle: async ({ viewer, query }) => json<SkipVoteResponse>(await withdrawSkipVote(viewer, query.playId)),
  }),
});
