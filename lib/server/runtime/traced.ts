import 'server-only';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { errorKind } from './log';

/**
 * Does `work` as a span of the trace that is on. Where nothing was started (`tracing/start-tracing.ts`), that is next to nothing.
 *
 * @param attributes words and numbers of ours under `roomtone.…`: others do not leave this process
 */
export function traced<T>(
  name: string,
  attributes: Readonly<Record<`roomtone.${string}`, string | number | boolean>>,
  work: () => Promise<T>,
): Promise<T> {
  return trace.getTracer('roomtone').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', errorKind(error));
      throw error;
    } finally {
      span.end();
    }
  });
}
