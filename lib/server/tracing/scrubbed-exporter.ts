import 'server-only';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { redactText } from '@/lib/server/runtime/redaction';

/** What a span may say of itself, besides our own: never an address as it was asked for, which has codes and queries in it. */
const allowedAttributes: ReadonlySet<string> = new Set([
  'http.method',
  'http.request.method',
  'http.status_code',
  'http.response.status_code',
  'http.route',
  'next.route',
  'next.span_type',
  'next.segment',
  'next.rsc',
  'error.type',
]);

function scrub(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => allowedAttributes.has(name) || name.startsWith('roomtone.')),
  );
  return {
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext !== undefined && { parentSpanContext: span.parentSpanContext }),
    name: redactText(span.name),
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    attributes,
    // Messages and exceptions quote data.
    status: { code: span.status.code },
    events: [],
    links: [],
    droppedAttributesCount: Object.keys(span.attributes).length - Object.keys(attributes).length,
    droppedEventsCount: span.events.length,
    droppedLinksCount: span.links.length,
  };
}

/** Exports spans with what is known to be harmless, and nothing else: Next's own name what was asked for. */
export class ScrubbedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    this.#exporter.export(spans.map(scrub), done);
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}
