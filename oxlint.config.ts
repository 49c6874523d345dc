import { defineConfig, type OxlintOverride } from 'oxlint';

const shared = ['lib/shared'];
const server = [...shared, 'lib/server/runtime'];
const engine = [...server, 'lib/server/events', 'lib/server/db', 'lib/server/spotify', 'lib/server/auth'];
const services = [...engine, 'lib/server/session', 'lib/server/player', 'lib/server/rooms/change-room'];
const ui = ['app/_components/ui'];
const components = [...shared, 'lib/client', ...ui, 'app/_components'];
const room = 'app/room/[code]/_components';
const simulated = ['simulator/http', 'simulator/catalogue', 'simulator/player'];
const spotify = [...simulated, 'simulator/world'];
/** What the app has of the simulator inside of it, where it takes Spotify's place. */
const standIn = ['simulator/http', 'simulator/world', 'simulator/spotify-services', 'simulator/phone'];
/** What tests and tools may know of the simulator. */
const simulator = ['simulator/control-client', 'simulator/catalogue'];
const tools = ['scripts/local', 'scripts/database', 'scripts/image', 'scripts/processes'];

/**
 * The floors of the house, from the ground up: each folder with the folders and files of ours that it may import, all of which stand
 * further up in this table, so that no import runs upwards and no circle can close. A folder that stands below its own subfolders does
 * not import them, nor a subfolder its parent's files unless it says so. docs/architecture.md has a sentence for each.
 */
const floors: readonly (readonly [folder: string, mayImport?: readonly string[]])[] = [
  ['package.json'],
  ['simulator/http'],
  ['simulator/catalogue'],
  ['simulator/player', ['simulator/catalogue']],
  ['simulator/world', simulated],
  ['simulator/accounts', ['simulator/http', 'simulator/world']],
  ['simulator/web-api/request', spotify],
  ['simulator/web-api/objects', spotify],
  ['simulator/web-api', [...spotify, 'simulator/web-api/request', 'simulator/web-api/objects']],
  ['simulator/control', [...spotify, 'simulator/accounts', 'simulator/web-api/request']],
  ['simulator/phone', spotify],
  ['simulator', [...spotify, 'simulator/accounts', 'simulator/web-api', 'simulator/control', 'simulator/phone']],

  ['lib/shared/rules'],
  ['lib/shared/contract', ['lib/shared/rules']],
  ['lib/shared', ['lib/shared/rules', 'lib/shared/contract']],

  ['lib/client', shared],
  ['lib/client/room', [...shared, 'lib/client']],

  ['lib/server/runtime', shared],
  ['lib/server/events', server],
  ['lib/server/db/generated'],
  ['lib/server/db/connection', [...server, 'lib/server/db/generated']],
  ['lib/server/db', [...server, 'lib/server/events']],
  ['lib/server/session', [...server, 'lib/server/db']],
  ['lib/server/http', [...server, 'lib/server/session']],
  // The only folder of the app that knows the simulator: it is the simulator inside the app. Its addresses are what others know of it.
  ['lib/server/stand-in', [...server, 'lib/server/db', ...standIn]],
  ['lib/server/spotify', [...server, 'lib/server/stand-in']],
  ['lib/server/auth', [...server, 'lib/server/db', 'lib/server/session', 'lib/server/spotify', 'lib/server/stand-in']],
  ['lib/server/player/state', engine],
  ['lib/server/player/control', [...engine, 'lib/server/player/state']],
  ['lib/server/player/queue-runner', [...engine, 'lib/server/player/state', 'lib/server/player/control']],
  ['lib/server/player/watch', [...engine, 'lib/server/player/state', 'lib/server/player/queue-runner']],
  ['lib/server/player', []],
  ['lib/server/rooms', [...engine, 'lib/server/session', 'lib/server/player']],
  ['lib/server/rooms/live', services],
  ['lib/server/rooms/members', [...services, 'lib/server/rooms/live']],
  ['lib/server/rooms/queue', [...services, 'lib/server/rooms/live']],
  ['lib/server/rooms/playback', services],
  ['lib/server/rooms/host', [...services, 'lib/server/rooms/live', 'lib/server/rooms/members']],
  ['lib/server/tracing', [...server, 'package.json']],
  [
    'lib/server/rooms/demo',
    [...services, ...['cleanup', 'members', 'queue', 'playback'].map((wing) => `lib/server/rooms/${wing}`)],
  ],
  ['lib/server', [...services, 'lib/server/http', 'lib/server/rooms', 'lib/server/stand-in', 'package.json']],

  ['app/_components/ui'],
  ['app/_components', [...shared, 'lib/client', ...ui]],
  [`${room}/panels`, components],
  [`${room}/notices`, components],
  [`${room}/people`, [...components, `${room}/panels`, `${room}/notices`]],
  [`${room}/remote`, [...components, `${room}/panels`, `${room}/notices`, `${room}/people`]],
  [`${room}/song`, [...components, `${room}/remote`]],
  [`${room}/spotify`, [...components, `${room}/panels`, `${room}/song`]],
  [`${room}/queue`, [...components, `${room}/panels`, `${room}/notices`, `${room}/song`]],
  [`${room}/search`, [...components, `${room}/song`, `${room}/queue`]],
  [`${room}/history`, [...components, `${room}/panels`, `${room}/song`, `${room}/spotify`]],
  [
    `${room}/settings`,
    ['panels', 'notices', 'people', 'spotify', 'queue'].map((wing) => `${room}/${wing}`).concat(components),
  ],
  [`${room}/entry`, components],
  [room, components],
  ['app/room/[code]/display/_components', [...components, room]],
  [
    'app/api',
    [
      ...shared,
      ...[
        'runtime/app-error',
        'runtime/after-answer',
        'http',
        'session',
        'auth',
        'player/watch',
        'rooms',
        'health',
        'readiness',
        'metrics',
        'lifecycle',
      ].map((wing) => `lib/server/${wing}`),
    ],
  ],
  ['app/room/[code]/phones', ['lib/shared/contract', 'lib/server/http']],
  ['app/simulated-spotify', ['lib/server/simulated-spotify']],
  ['app', [...components, room, 'app/room/[code]/display/_components', 'lib/server/pages']],

  [
    'scripts/local',
    ['lib/server/runtime/env', 'lib/server/runtime/database-names', 'lib/server/runtime/phone-addresses'],
  ],
  [
    'scripts/database',
    ['lib/server/runtime/env', 'lib/server/runtime/database-connection', 'lib/server/auth/encryption', 'scripts/local'],
  ],
  ['scripts/image', ['scripts/local']],
  ['scripts/processes', ['scripts/local']],
  ['server', ['scripts/local']],
  ['testing', ['lib']],
  ['testing/deployments', [...simulator, ...tools, 'testing/until']],
  ['testing/people', ['lib', 'app', 'testing/until']],
  ['testing/engine', ['lib', 'simulator/server', ...simulator, 'testing/until', 'testing/people']],
  ['testing/jest', [...shared, 'testing/people', 'testing/deployments', ...tools]],
  ['e2e', [...shared, 'testing', 'simulator/control-client', ...tools]],
  ['faults', [...shared, 'testing', ...simulator, ...tools]],
  ['serverless/output'],
  ['serverless/instance'],
  ['serverless/routing', ['serverless/output']],
  ['serverless/build', tools],
  ['serverless/host', [...tools, 'serverless/output', 'serverless/routing']],
  [
    'serverless/party',
    [...shared, 'testing', ...simulator, ...tools, 'serverless/build', 'serverless/output', 'serverless/host'],
  ],
  [
    'serverless',
    [
      ...shared,
      ...tools,
      'testing',
      'serverless/routing',
      'serverless/party',
      'serverless/output',
      'serverless/host',
      'serverless/build',
    ],
  ],
  [
    'scripts',
    [
      'lib/server/runtime/env',
      'lib/server/runtime/env-variables',
      ...shared,
      'testing',
      'simulator/control-client',
      ...tools,
      'serverless',
    ],
  ],
  ['bench', [...shared, 'testing', 'simulator/catalogue', 'faults', ...tools, 'scripts']],
];

const names = floors.map(([folder]) => folder);
const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

for (const [index, [folder, mayImport = []]] of floors.entries()) {
  const upwards = mayImport.find(
    (path) => !names.slice(0, index).some((name) => isBelow(path, name) || isBelow(name, path)),
  );
  if (upwards !== undefined) throw new Error(`${folder} may not import ${upwards}, which stands above it.`);
}

const queries = { regex: '^@prisma/|/db/generated/|^pg$', message: 'Queries belong to lib/server/db.' };
const primitives = { regex: '^@base-ui/', message: 'Wrap it in app/_components/ui.' };
const alias = {
  regex: String.raw`^\.\./`,
  message: 'Leave a folder by the alias, so that the table of floors sees it.',
};
/** Square brackets mean something in globs and in expressions. */
const globbed = (path: string): string => path.replaceAll(/[[\]]/g, '?');
const escaped = (path: string): string => path.replaceAll(/[.[\]]/g, String.raw`\$&`);

/** What may be imported from a folder, complete: the override of a subfolder takes the place of its parent's. */
function override([folder, mayImport = []]: (typeof floors)[number], index: number): OxlintOverride {
  const allowed = [folder, ...mayImport].map(globbed).flatMap((path) => [`!@/${path}`, `!@/${path}/**`]);
  const above = names.filter((name, other) => other > index && name !== folder && isBelow(name, folder));
  const ownsQueries =
    folder.startsWith('lib/server/db') || folder === 'lib/server/events' || !/^(app|lib)\b/.test(folder);
  const patterns = [
    alias,
    ...above.map((name) => ({ regex: `^@/${escaped(name)}/`, message: `${name} stands above ${folder}.` })),
    ...(ownsQueries ? [] : [queries]),
    ...(folder === 'app/_components/ui' ? [] : [primitives]),
    // Last: a path that a group lets through is looked at no further.
    { group: ['@/**', ...allowed], message: `${folder} imports only what the table of floors names.` },
  ];
  return { files: [`${globbed(folder)}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

const depth = (folder: string): number => folder.split('/').length;
const overrides = floors
  .map((floor, index) => ({ floor, index }))
  .filter(({ floor: [folder] }) => folder !== 'package.json' && folder !== 'lib/server/db/generated')
  .toSorted((a, b) => depth(a.floor[0]) - depth(b.floor[0]))
  .map(({ floor, index }) => override(floor, index));

export default defineConfig({
  plugins: ['typescript', 'react', 'import', 'node', 'promise', 'unicorn', 'jsx-a11y', 'nextjs'],
  jsPlugins: ['./scripts/lint/text-alone.js'],
  options: { typeAware: true },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['lib/server/db/generated/**', '.next/**', '.data/**', '.builds/**', 'next-env.d.ts'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/await-thenable': 'error',
    'react/no-danger': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/react-in-jsx-scope': 'off',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'node/no-process-env': 'error',
    'no-console': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'nextjs/no-html-link-for-pages': 'off',
    'import/no-named-as-default-member': 'off',
    'unicorn/no-useless-spread': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'promise/always-return': 'off',
    'jsx-a11y/control-has-associated-label': 'off',
    'jsx-a11y/no-autofocus': 'off',
    'no-unmodified-loop-condition': 'off',
    'react/set-state-in-effect': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
  },
  overrides: [
    {
      files: [
        'lib/server/runtime/env.ts',
        'scripts/**',
        'server/**',
        'bench/**',
        'testing/**',
        'simulator/main.ts',
        '*.config.{js,ts}',
        'e2e/**',
        'faults/**',
        'serverless/**',
        'instrumentation.ts',
        'proxy.ts',
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    {
      files: ['scripts/**', 'bench/**', 'serverless/**', 'server/**', 'testing/jest/test-databases.ts'],
      rules: { 'no-console': 'off' },
    },
    { files: ['app/**/*.tsx'], rules: { 'roomtone/text-alone': 'error' } },
    // Pages to read: nothing in them changes.
    { files: ['app/{privacy,terms,host-your-own}/page.tsx'], rules: { 'roomtone/text-alone': 'off' } },
    { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off', 'react/rules-of-hooks': 'off' } },
    ...overrides,
    {
      // Tests stand on top of what they test, with the kit in their hands.
      files: ['**/*.test.{ts,tsx}'],
      rules: {
        'typescript/require-array-sort-compare': 'off',
        'node/no-process-env': 'off',
        'roomtone/text-alone': 'off',
        'no-restricted-imports': [
          'error',
          { patterns: [alias, { regex: '^@/(e2e|bench)/', message: 'Specs and measurements are nobody’s ground.' }] },
        ],
      },
    },
  ],
});
