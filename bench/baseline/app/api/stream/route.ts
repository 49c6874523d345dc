/** The baseline of every event: streams that get the bytes they are given, and nothing around it. */
export const dynamic = 'force-dynamic';

const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();

export function GET(request: Request): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      streams.add(controller);
      // The answer begins with its first byte.
      controller.enqueue(new TextEncoder().encode(': here\n\n'));
      request.signal.addEventListener('abort', () => {
        streams.delete(controller);
        try {
          controller.close();
        } catch {
          // The client was faster.
        }
      });
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  });
}

export async function POST(request: Request): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  for (const stream of streams) stream.enqueue(bytes);
  return new Response(null, { status: 204 });
}
