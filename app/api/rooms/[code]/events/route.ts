import { encodeEvent, eventStream } from '@/lib/server/http/event-stream';
import { methods, route } from '@/lib/server/http/route';
import { openRoomStream, requirePlaceForStream } from '@/lib/server/rooms/live/room-streams';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'member',
    handle: async ({ request, viewer }) => {
      requirePlaceForStream(viewer);
      return eventStream(request.signal, (sink) => openRoomStream(viewer, sink, encodeEvent));
    },
  }),
});
