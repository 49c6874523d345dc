import 'server-only';
import { busDatabase } from '@/lib/server/db/room-versions';
import { getRoomBus } from '@/lib/server/events/room-bus';
import { getRoomWatchers } from '@/lib/server/player/watch/room-watchers';
import { startWatchRun } from '@/lib/server/player/watch/watch-run';
import { AppError } from '@/lib/server/runtime/app-error';
import { runsAsFunction } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { Onlooker } from '@/lib/server/session/room-access';
import { toAttendee } from './attendees';
import { type EncodeEvent, RoomBroadcast, type StreamSink } from './broadcast';
import { presenceSettled } from './presence';

/** Streams a room and an instance take (RT-06). */
export const mostStreams = { room: 1_500, instance: 5_000 };

/** Milliseconds a stream is open at most; ended by us before a platform ends it, spread so that not all come back at once (RT-05). */
const streamMs = 240_000;
const streamSpread = 0.1;

/** All broadcasts of this instance, and how many streams it takes. */
class RoomBroadcasts {
  readonly #broadcasts = new Map<string, RoomBroadcast>();
  #streams = 0;
  #closed = false;

  open(viewer: Onlooker, cookieHash: string, sink: StreamSink, encode: EncodeEvent): () => void {
    const broadcast = this.#broadcasts.get(viewer.roomId) ?? this.#create(viewer.roomId, encode);
    if (this.#closed || this.#streams >= mostStreams.instance || broadcast.size >= mostStreams.room) {
      sink.end();
      return () => undefined;
    }
    this.#streams += 1;
    const remove = broadcast.add(toAttendee(viewer), cookieHash, viewer.version, sink);
    return () => {
      this.#streams -= 1;
      remove();
    };
  }

  requirePlace(roomId: string): void {
    if (this.#closed) throw new AppError('unavailable', { retryAfterSeconds: 1 });
    const inRoom = this.#broadcasts.get(roomId)?.size ?? 0;
    if (this.#streams >= mostStreams.instance || inRoom >= mostStreams.room) {
      throw new AppError('rate_limited', { retryAfterSeconds: 10 });
    }
  }

  get streams(): number {
    return this.#streams;
  }

  close(): void {
    this.#closed = true;
    for (const broadcast of [...this.#broadcasts.values()]) broadcast.close();
  }

  #create(roomId: string, encode: EncodeEvent): RoomBroadcast {
    const broadcast = new RoomBroadcast(roomId, encode, () => {
      if (this.#broadcasts.get(roomId) === broadcast) this.#broadcasts.delete(roomId);
    });
    this.#broadcasts.set(roomId, broadcast);
    return broadcast;
  }
}

const broadcasts = (): RoomBroadcasts => perProcess('room-broadcasts', () => new RoomBroadcasts());

/**
 * Lets a stream into the room's broadcast: `you` and a snapshot at once, then everything that changes, until it ends or has been open
 * for about four minutes. Clients come back by themselves. Who waits at the door hears of that alone (AM2).
 *
 * @param cookieHash of the cookie that let them in, in hexadecimal: the stream ends when the session has another one (EV7)
 * @returns what to call when the stream has ended
 * @throws {AppError} `rate_limited` when this instance is full
 */
export function openRoomStream(
  viewer: Onlooker,
  cookieHash: string,
  sink: StreamSink,
  encode: EncodeEvent,
): () => void {
  const close = broadcasts().open(viewer, cookieHash, sink, encode);
  const lifeMs = streamMs * (1 - streamSpread + 2 * streamSpread * Math.random());
  const end = setTimeout(() => sink.end(), lifeMs).unref();
  return () => {
    clearTimeout(end);
    close();
  };
}

/**
 * @throws {AppError} `rate_limited` when there is no place for another stream, `unavailable` when this instance ends: another one, or the
 * next start, takes the client
 */
export function requirePlaceForStream(viewer: Onlooker): void {
  broadcasts().requirePlace(viewer.roomId);
}

/** Streams that are open on this instance. */
export function countStreams(): number {
  return broadcasts().streams;
}

/**
 * What is left to do when a stream of a function has ended: what it kept running stops, and is waited for (WT9); and where songs wait, a watch
 * run goes on (FD11).
 */
export async function settleStreams(roomId: string): Promise<void> {
  if (!runsAsFunction()) return;
  await Promise.all([getRoomWatchers().settled(), presenceSettled(), getRoomBus(busDatabase).settled()]);
  await startWatchRun(roomId);
}

/** Ends every stream of this instance and takes no new ones. */
export function closeBroadcasts(): void {
  broadcasts().close();
}
