import 'server-only';

/** A comment after so long without an event keeps proxies and the client's watchdog calm (EV1), in ms. */
const heartbeatMs = 15_000;

/** Bytes that may wait for a reader before it counts as one that does not read (EV4). */
const maxWaitingBytes = 256 * 1_024;

export interface StreamEvent {
  readonly event: string;
  readonly id?: number;
  /** JSON, on one line. */
  readonly data: string;
}

/** One event in the stream's own form. Serialise once, send to many. */
export function encodeEvent({ event, id, data }: StreamEvent): Uint8Array {
  return new TextEncoder().encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
}

const heartbeat = new TextEncoder().encode(': still here\n\n');

export interface EventSink {
  /** Sends an encoded event; nothing after the end. */
  send(bytes: Uint8Array): void;
  /** Ends the stream, after what was sent. */
  end(): void;
  readonly ended: boolean;
}

/**
 * A Server-Sent Events response. `open` gets the sink and returns the clean-up, which is called once, however the stream ends:
 * the client disconnects, it does not read, or `sink.end()` is called.
 *
 * @param signal the request's: aborted when the client is gone
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(signal: AbortSignal, open: (sink: EventSink) => () => void): Response {
  let close: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let ended = false;
        let timer: NodeJS.Timeout | null = null;
        let cleanUp: (() => void) | null = null;
        const finish = (): void => {
          if (ended) return;
          ended = true;
          if (timer !== null) clearInterval(timer);
          signal.removeEventListener('abort', finish);
          cleanUp?.();
          try {
            controller.close();
          } catch {
            // The client was faster: the stream is closed already.
          }
        };
        const write = (bytes: Uint8Array): void => {
          if (ended) return;
          controller.enqueue(bytes);
          if ((controller.desiredSize ?? 0) < -maxWaitingBytes) finish();
        };
        close = finish;
        timer = setInterval(() => write(heartbeat), heartbeatMs).unref();
        signal.addEventListener('abort', finish);
        cleanUp = open({
          send: write,
          end: finish,
          get ended() {
            return ended;
          },
        });
        // Ended while it opened: `finish` could not know yet what to clean up.
        if (ended) cleanUp();
        if (signal.aborted) finish();
      },
      cancel() {
        close();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1_024 }),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // `no-transform` keeps Next and proxies from compressing, which would hold events back.
      'cache-control': 'no-store, no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
