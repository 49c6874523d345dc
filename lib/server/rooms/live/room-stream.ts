import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Viewer } from '@/lib/server/session/room-access';
import { type EncodeEvent, type StreamSink, findStreamRefusal, openSubscription } from './broadcast';

/** Milliseconds a stream is open at most; ended by us before a platform ends it, spread so that not all come back at once (RT-05). */
const streamMs = 240_000;
const streamSpread = 0.1;

/**
 * Lets a member's stream into the room, until it ends or has been open for about four minutes: clients come back by themselves.
 *
 * @returns what to call when the stream has ended
 * @throws {AppError} `rate_limited` when this instance is full
 */
export function openRoomStream(viewer: Viewer, sink: StreamSink, encode: EncodeEvent): () => void {
  const close = openSubscription(viewer, sink, encode);
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
export function requirePlaceForStream(viewer: Viewer): void {
  const refusal = findStreamRefusal(viewer.roomId);
  if (refusal === 'ending') throw new AppError('unavailable', { retryAfterSeconds: 1 });
  if (refusal === 'full') throw new AppError('rate_limited', { retryAfterSeconds: 10 });
}
