import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { traced } from '@/lib/server/runtime/traced';
import { makeParty } from '@/testing/people/app-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { ScrubbedExporter } from './scrubbed-exporter';

const spotify = setUpSimulator();
const exported = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ScrubbedExporter(exported))] });
provider.register();

/** All that a receiver would be told of a span. */
function told({ name, attributes, status, events, links }: ReadableSpan): string {
  return JSON.stringify({ name, attributes, status, events, links });
}

test('commands and calls are spans of one trace, and nothing goes out that a span should not say', async () => {
  const room = await makeParty(spotify, { name: 'Canary kitchen' });
  const asked = { 'http.target': '/canary?code=canarycode', 'http.url': 'https://canary.example', 'http.route': '/x' };
  // As Next names what it was asked for, and as libraries note what was thrown.
  await trace
    .getTracer('next.js')
    .startActiveSpan(`GET /api/rooms/${room.code}/queue?q=canarywords`, { attributes: asked }, async (span) => {
      await room.host.post(`${room.path}/playback/pause`);
      const failing = traced('failing', { 'roomtone.kind': 'test' }, () => Promise.reject(new TypeError('canary')));
      await failing.catch(() => undefined);
      span.recordException(new Error('canary exception'));
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'canary status' });
      span.end();
    });
  const spans = exported.getFinishedSpans();
  const parent = (span: ReadableSpan | undefined): string | undefined => span?.parentSpanContext?.spanId;
  const root = spans.find(({ attributes }) => attributes['http.route'] === '/x');
  const rootId = root?.spanContext().spanId;
  const command = spans.find((span) => span.name === 'player command' && parent(span) === rootId);
  const call = spans.find((span) => span.name === 'spotify call' && parent(span) === command?.spanContext().spanId);
  expect(rootId).toBeDefined();
  expect(new Set([root, command, call].map((span) => span?.spanContext().traceId)).size).toBe(1);
  expect(command?.attributes).toEqual({ 'roomtone.command': 'pause' });
  expect(call?.attributes).toEqual({ 'roomtone.method': 'PUT', 'roomtone.kind': 'command' });
  const failing = spans.find(({ name }) => name === 'failing');
  expect(failing).toMatchObject({
    attributes: { 'roomtone.kind': 'test', 'error.type': 'TypeError' },
    status: { code: SpanStatusCode.ERROR },
  });
  expect(root?.attributes).toEqual({ 'http.route': '/x' });
  for (const secret of ['anary', room.code, room.account, ...room.host.cookies.values()]) {
    expect(spans.map(told).filter((text) => text.includes(secret))).toEqual([]);
  }
});
