import { z } from 'zod';
import { methods, route } from '@/lib/server/http/route';
import { releaseOnSignal } from '@/lib/server/lifecycle';
import { claimWatchRun, runWatch } from '@/lib/server/player/watch/watch-run';
import { isRunProof } from '@/lib/server/player/watch/run-request';
import { AppError } from '@/lib/server/runtime/app-error';
import { afterAnswer } from '@/lib/server/runtime/after-answer';

/** Seconds that the platform lets it go on after its answer. */
export const maxDuration = 300;

const body = z.object({ roomId: z.uuid(), generation: z.int().min(1) });

/** One request of a watch run (FD11): answered at once, and it watches afterwards. To anybody else there is nothing here. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route({
    access: 'public',
    body,
    handle: async ({ request, body: asked }) => {
      if (!isRunProof(request.headers.get('authorization'), asked)) throw new AppError('not_found');
      const generation = await claimWatchRun(asked);
      if (generation === null) return new Response(null, { status: 200 });
      releaseOnSignal();
      afterAnswer(() => runWatch(asked.roomId, generation));
      return new Response(null, { status: 202 });
    },
  }),
});
