import { encodeEvent, eventStream } from '@/lib/server/http/event-stream';
import { methods, route } from '@/lib/server/http/route';
import { releaseOnSignal } from '@/lib/server/lifecycle';
import { attendDemo } from '@/lib/server/rooms/demo/attend';
import { openRoomStream, requirePlaceForStream, settleStreams } from '@/lib/server/rooms/live/room-streams';
import { readSessionHash } from '@/lib/server/session/session';
import { afterAnswer } from '@/lib/server/runtime/after-answer';

/** Seconds that the platform lets a stream stay open; ours end before. */
export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'follow',
    handle: async ({ request, viewer, requester }) => {
      requirePlaceForStream(viewer);
      const hash = await readSessionHash(requester.cookieHeader);
      const cookieHash = Buffer.from(hash ?? []).toString('hex');
      releaseOnSignal();
      afterAnswer(() => settleStreams(viewer.roomId));
      return eventStream(request.signal, (sink) => {
        const close = openRoomStream(viewer, cookieHash, sink, encodeEvent);
        const leave = viewer.role === 'screen' || viewer.role === 'waiting' ? () => undefined : attendDemo(viewer);
        return () => {
          leave();
          close();
        };
      });
    },
  }),
});
