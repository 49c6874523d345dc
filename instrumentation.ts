import type { Instrumentation } from 'next';

/**
 * Run once by Next when an instance starts: the configuration is checked before the first request, and the instance learns to
 * end well. Functions, the one that answers for proxy.ts among them, begin nothing before a request needs it (WT9), and carry nothing of
 * what follows: the condition is decided while they are built.
 */
export async function register(): Promise<void> {
  // Next asks for this file for its edge runtime too, which has none of what follows.
  if (process.env['NEXT_RUNTIME'] === 'nodejs' && process.env['BUILT_FOR'] !== 'functions') {
    if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
      // Next's own spans of calls name addresses with their queries; ours take their place.
      process.env['NEXT_OTEL_FETCH_DISABLED'] = '1';
      const { startTracing } = await import('./lib/server/tracing/start-tracing');
      startTracing();
    }
    const { start } = await import('./lib/server/lifecycle');
    start();
  }
}

/** What went wrong while a page was made, which Next answers itself: as a line of the log, as for everything else. */
export const onRequestError: Instrumentation.onRequestError = async (error, { headers }, { routePath }) => {
  if (process.env['NEXT_RUNTIME'] === 'nodejs' && process.env['BUILT_FOR'] !== 'functions') {
    const { logPageError } = await import('./lib/server/page-errors');
    const id = headers['x-request-id'];
    logPageError(error, routePath, typeof id === 'string' ? id : undefined);
  }
};
