import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@/scripts/local/paths';
import { buildLogOf } from './build/vercel-build';
import { labTest } from './lab-test';
import { filesOf, sizeOf } from './output/function-files';
import { matchRoute } from './routing/conditions';
import { routesByPhase } from './output/config';
import { builtOutput } from './party/laboratory';

/** Unpacked, in bytes; the platform takes 250 MB, and the time to start grows with it. */
const largest = 40_000_000;

labTest(
  'the platform makes one function for pages, one for the middleware, one for the API, one for streams, and one for watch runs; those of the page for errors and of the icon only ever serve what is built',
  () => {
    const { functions } = builtOutput();
    const table = functions
      .map(({ name, runtime, supportsResponseStreaming, supportsCancellation, maxDuration }) =>
        [name, runtime, supportsResponseStreaming && 'streams', supportsCancellation && 'is cancelled', maxDuration]
          .filter(Boolean)
          .join(', '),
      )
      .toSorted();
    assert.deepEqual(table, [
      '_global-error.rsc, nodejs24.x, streams',
      '_middleware, nodejs24.x',
      '_not-found, nodejs24.x, streams',
      'api/[[...path]], nodejs24.x, streams',
      'api/rooms/[code]/events, nodejs24.x, streams, is cancelled, 300',
      'api/watch, nodejs24.x, streams, 300',
      'icon.svg.rsc, nodejs24.x',
    ]);
  },
);

labTest('the log of the build shows what was built, and warns of nothing', () => {
  const log = readFileSync(buildLogOf(builtOutput().folder), 'utf8');
  assert.match(log, /Route \(app\)[^]*\/room\/\[code\]/);
  const warnings = log.match(/^.*\bwarn(ing)?\b.*$/gim) ?? [];
  // That it is not on the platform the command line says of itself.
  assert.deepEqual(
    warnings.filter((line) => !line.includes('Build not running on Vercel')),
    [],
  );
});

labTest('functions are small, and each has its files', () => {
  const output = builtOutput();
  const large = output.functions.filter((built) => sizeOf(output, built) > largest).map(({ name }) => name);
  assert.deepEqual(large, []);
  for (const built of output.functions) assert.ok(filesOf(output, built).has(built.handler), built.name);
});

labTest('the middleware runs for documents, and not for the API, files of the build or the icon', () => {
  const { config } = builtOutput();
  const route = routesByPhase(config)
    .get('first')
    ?.find(({ middlewarePath }) => middlewarePath !== undefined);
  assert.ok(route);
  const runs = (path: string): boolean =>
    matchRoute(route, { method: 'GET', host: 'x', path, query: new URLSearchParams(), headers: new Headers() }) !==
    null;
  const paths = [
    '/',
    '/room/ABC123',
    '/privacy',
    '/api/me',
    '/api/rooms/ABC123/events',
    '/_next/static/chunks/a.js',
    '/icon.svg',
  ];
  assert.deepEqual(paths.filter(runs), ['/', '/room/ABC123', '/privacy']);
});

labTest('what runs by the clock is what vercel.json says', () => {
  const { crons = [] }: { crons?: unknown[] } = JSON.parse(readFileSync(join(root, 'vercel.json'), 'utf8'));
  assert.deepEqual(builtOutput().config.crons, crons);
});

labTest('WT9 the middleware carries no database', () => {
  const output = builtOutput();
  const middleware = output.functions.find(({ name }) => name === '_middleware');
  assert.ok(middleware);
  const files = [...filesOf(output, middleware).keys()];
  assert.deepEqual(
    files.filter((file) => /@prisma|node_modules\/pg\b|pg-[\w-]+\//.test(file)),
    [],
  );
});
