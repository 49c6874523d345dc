import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import packageJson from '@/package.json';
import { readServiceName } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';
import { onShutdown } from '@/lib/server/runtime/shutdown-hooks';
import { ScrubbedExporter } from './scrubbed-exporter';

/** How long the last spans may take when an instance ends, in ms: a receiver that is gone must not make an update slow. */
const lastSpansMs = 1_000;

/**
 * Sends spans of requests, commands and calls to Spotify where `OTEL_EXPORTER_OTLP_ENDPOINT` says, by OTLP over HTTP; its other variables
 * (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`, …) mean what they always mean. Once per process.
 * Those of the last requests go out before the process ends.
 */
export function startTracing(): void {
  perProcess('tracing', () => {
    const about = { 'service.name': readServiceName(), 'service.version': packageJson.version };
    const provider = new NodeTracerProvider({
      resource: defaultResource().merge(resourceFromAttributes(about)),
      spanProcessors: [new BatchSpanProcessor(new ScrubbedExporter(new OTLPTraceExporter()))],
    });
    provider.register();
    onShutdown('answered', () => Promise.race([provider.shutdown(), delay(lastSpansMs)]));
    return provider;
  });
}
