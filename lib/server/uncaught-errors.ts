import 'server-only';
import { describeError } from './runtime/describe-error';
import { log } from './runtime/log';

/** Where the server around Next finds what to do with an error that nobody caught; see server/serve.ts. */
const uncaught: unique symbol = Symbol.for('roomtone.uncaught');

/** Has errors that nobody caught logged as all others are. The instance goes on: rooms that have nothing to do with it do. */
export function logUncaughtErrors(): void {
  Object.assign(globalThis, {
    [uncaught]: (error: unknown) => log.error('instance.error_uncaught', describeError(error)),
  });
}
