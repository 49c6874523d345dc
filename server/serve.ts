import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { parse } from 'node:url';
import { answerRequests } from './answer-requests';
import { GracefulShutdown } from './graceful-shutdown';
import { loadNext } from './load-next';
import { plainSettings, readSettings, type Settings } from './settings';
import { root } from '@/scripts/local/paths';

/**
 * This folder is the HTTP server that runs around Next on a machine of one's own; `lib/server` is the app's server side, which Next runs
 * inside of it, and alone on a platform.
 *
 * It serves a build on HOST and PORT, which Next's own server ignores, makes forwarding headers true, which that one believes, leads
 * `localhost` to the app's address, and ends when it is asked to, with streams open. It writes nothing, and prints one line of JSON when it
 * listens.
 *
 * Alone (`node serve.js` in a build's folder, with a complete environment) it stays until SIGTERM or SIGINT, and ends with 0. With
 * `--until-stdin-ends` it also ends with the process that holds its standard input, and with `--wait` it listens after something was written
 * there: so `scripts/processes/server-process.ts` starts it.
 */
const belongsToParent = process.argv.includes('--until-stdin-ends');
const dev = process.argv.includes('--dev');

/** Ends what could not begin: with its line of JSON for the parent, with the message alone for people. */
function giveUp(message: string): never {
  writeSync(belongsToParent ? 1 : 2, `${belongsToParent ? JSON.stringify({ error: message }) : message}\n`);
  process.exit(1);
}

// Whoever reads the log may go away, and what is left to do is done all the same. Left alone, that error would be logged, and the log fail for it, without end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Measurements serve another Next app in the same way. */
const otherApp = process.env['NEXT_DIR'];

function settingsOrEnd(): Settings {
  try {
    return otherApp === undefined ? readSettings() : plainSettings();
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error));
  }
}

const { port, host, trustedHops, appUrl, hasStandIn } = settingsOrEnd();

/** How long running requests may take to finish after the shutdown has begun, in ms (RL-08). */
const graceMs = 8_000;

const app = loadNext(otherApp ?? root, { dev, hostname: appUrl.hostname, port });
const handle = app.getRequestHandler();

const server = createServer(
  answerRequests({ port, trustedHops, appUrl, hasStandIn, dev }, (request, response) =>
    handle(request, response, parse(request.url ?? '/', true)),
  ),
);
// Event streams are answers without an end; only the request itself has to arrive in time.
server.requestTimeout = 60_000;
server.headersTimeout = 20_000;
server.keepAliveTimeout = 65_000;
const shutdown = new GracefulShutdown(server);

/** What the app inside wants done at a point of the shutdown; see lib/server/runtime/shutdown-hooks.ts. */
function runHooks(point: 'begins' | 'answered'): Promise<unknown> {
  const hooks: unknown = Reflect.get(globalThis, Symbol.for(`roomtone.shutdown-${point}`));
  const all = hooks instanceof Set ? [...hooks] : [];
  return Promise.allSettled(all.map(async (hook: unknown) => typeof hook === 'function' && hook()));
}

let ended = false;

async function end(): Promise<void> {
  if (ended) return;
  ended = true;
  setTimeout(() => process.exit(0), graceMs).unref();
  await shutdown.run(() => runHooks('begins'));
  await runHooks('answered');
  process.exit(0);
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
const listenNow = process.argv.includes('--wait') ? once(process.stdin, 'data') : null;
if (belongsToParent) {
  // The database and the simulator end with that process too.
  process.stdin
    .on('end', () => void end())
    .on('error', () => void end())
    .resume();
}

/** What the app does with errors that nobody caught, once it has begun; see lib/server/uncaught-errors.ts. */
function reportUncaught(error: unknown): void {
  const report: unknown = Reflect.get(globalThis, Symbol.for('roomtone.uncaught'));
  if (typeof report === 'function') report(error);
  else
    console.error(JSON.stringify({ level: 'error', event: 'instance.error_uncaught', at: new Date().toISOString() }));
}

/** Errors that nobody caught are the app's alone: Next would write their messages, which quote data. */
function takeUncaughtErrors(): void {
  const event = 'uncaughtException';
  process.removeAllListeners(event).on(event, reportUncaught);
  // More of Next comes with the first page.
  process.on('newListener', (name, listener) => {
    if (name === event) queueMicrotask(() => process.removeListener(event, listener));
  });
}

/** Readies Next. Deployed, its own words are left out of a log that is lines of JSON. */
async function prepare(): Promise<void> {
  if (dev || otherApp !== undefined) return app.prepare();
  const { log } = console;
  console.log = () => undefined;
  // By this name all copies of Next in this process share what they listen with.
  Object.assign(globalThis, { [Symbol.for('next.unhandledRejectionListener')]: reportUncaught });
  await app.prepare();
  console.log = log;
  takeUncaughtErrors();
}

server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = `Port ${port} is in use. Choose another one with PORT=… or stop what uses it.`;
  giveUp(error.code === 'EADDRINUSE' ? taken : error.message);
});

// The app inside looks at nothing before what it stands on is there.
Reflect.set(globalThis, Symbol.for('roomtone.provided'), listenNow);
await prepare();
await listenNow;
const upgrade = app.getUpgradeHandler();
if (dev) server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));
server.listen(port, host, () => process.stdout.write(`${JSON.stringify({ port })}\n`));
