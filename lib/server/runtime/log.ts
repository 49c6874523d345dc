import 'server-only';
import pino from 'pino';
import { readLogLevel } from './env';
import { perProcess } from './per-process';
import { redactFields } from './redaction';
import { currentRequestId } from './request-scope';

/** What a line of the log may carry: never a token, a cookie, a code, a query string or what somebody else's server said. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

function createLogger(): pino.Logger {
  // Asked for line by line: no thread and no file of their own, which a platform's functions would not have.
  const out = { write: (line: string) => void process.stdout.write(line) };
  const err = { write: (line: string) => void process.stderr.write(line) };
  return pino(
    {
      level: readLogLevel(),
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }), log: redactFields },
      mixin: () => ({ requestId: currentRequestId() ?? undefined }),
    },
    // Platforms tell levels apart by the stream.
    pino.multistream(
      [
        { level: 'debug', stream: out },
        { level: 'warn', stream: err },
      ],
      { dedupe: true },
    ),
  );
}

const logger = (): pino.Logger => perProcess('logger', createLogger);

/**
 * The operator's log: one line of JSON per event, `debug` and `info` on standard output, `warn` and `error` on standard error, from
 * `LOG_LEVEL` up. A line that is written for a request carries its id. `error` is for what somebody should be woken for. Each event is
 * explained in docs/operations.md.
 */
export const log = {
  debug: (event: string, fields: LogFields = {}): void => logger().debug({ event, ...fields }),
  info: (event: string, fields: LogFields = {}): void => logger().info({ event, ...fields }),
  warn: (event: string, fields: LogFields = {}): void => logger().warn({ event, ...fields }),
  error: (event: string, fields: LogFields = {}): void => logger().error({ event, ...fields }),
};

/** The kind of an unknown error: its class and code, not its message, which may quote data. */
export function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? `:${error.code}` : '';
  return `${error.name}${code}`;
}
