import { existsSync, readFileSync } from 'node:fs';
import { databaseNames } from './database-names';
import { namesSpotify, parseDatabase, parseEnv } from './env';
import { variables } from './env-variables';

const complete = {
  SPOTIFY_CLIENT_ID: 'id',
  SPOTIFY_CLIENT_SECRET: 'secret',
  SESSION_SECRET: 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp',
  DATABASE_URL: 'postgresql://u:p@db.internal:5432/roomtone',
  APP_URL: 'https://room.example',
};
const problems = (change: Record<string, string | undefined>): readonly string[] => {
  const result = parseEnv({ ...complete, ...change });
  return result.ok ? [] : result.problems;
};

test('defaults', () => {
  const result = parseEnv({ ...complete, APP_URL: undefined });
  expect(result).toMatchObject({
    ok: true,
    value: {
      spotifyAccountsUrl: 'https://accounts.spotify.com',
      spotifyApiUrl: 'https://api.spotify.com',
      spotifySimulated: false,
      spotifyCallsPerDay: 15_000,
      appUrl: 'http://127.0.0.1:3000',
      databaseDirectUrl: complete.DATABASE_URL,
      port: 3_000,
      host: '0.0.0.0',
      trustedHops: 0,
      rateLimitFactor: 1,
    },
  });
});

test('on Vercel: the production address, and one proxy', () => {
  const result = parseEnv({
    ...complete,
    APP_URL: undefined,
    VERCEL: '1',
    VERCEL_PROJECT_PRODUCTION_URL: 'room.vercel.app',
  });
  expect(result).toMatchObject({ ok: true, value: { appUrl: 'https://room.vercel.app', trustedHops: 1 } });
});

describe('the database', () => {
  const supabase = {
    DATABASE_URL: undefined,
    POSTGRES_URL: 'postgresql://u:p@pooler.example:6543/postgres?sslmode=require',
    POSTGRES_URL_NON_POOLING: 'postgresql://u:p@pooler.example:5432/postgres?sslmode=require',
  };

  test('is found by the names that stores set', () => {
    expect(parseEnv({ ...complete, ...supabase })).toMatchObject({
      ok: true,
      value: { databaseUrl: supabase.POSTGRES_URL, databaseDirectUrl: supabase.POSTGRES_URL_NON_POOLING },
    });
    expect(parseDatabase(supabase)).toEqual({ ok: true, value: { url: supabase.POSTGRES_URL_NON_POOLING, ca: null } });
  });

  test('a problem names the variable that was given', () => {
    expect(problems({ DATABASE_URL: undefined, POSTGRES_URL: 'mysql://x/y' })).toEqual([
      'POSTGRES_URL must begin with postgresql://.',
    ]);
  });

  test.each(['postgresql://u:pa/ss#word@db.example:5432/x', 'postgresql://u:p@db.example:notaport/x'])(
    'an address that nobody can read is refused by name: %s',
    (DATABASE_URL) => {
      expect(problems({ DATABASE_URL })).toEqual([expect.stringMatching(/^DATABASE_URL cannot be read; .*%2F/)]);
    },
  );

  test('two names of two databases are refused', () => {
    expect(problems({ ...supabase, POSTGRES_URL_NON_POOLING: 'postgresql://u:p@db.example:5432/other' })).toEqual([
      'POSTGRES_URL_NON_POOLING names another database than POSTGRES_URL; set DATABASE_DIRECT_URL to the one past the pooler.',
    ]);
  });

  test('missing: one line, whatever else is missing', () => {
    expect(problems({ DATABASE_URL: undefined, SESSION_SECRET: undefined })).toHaveLength(2);
    expect(parseDatabase({})).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^DATABASE_URL is missing/)],
    });
  });

  test('an authority of its own is not assumed', () => {
    expect(parseEnv(complete)).toMatchObject({ ok: true, value: { databaseCa: null } });
  });
});

const onVercel = { APP_URL: undefined, VERCEL: '1', VERCEL_PROJECT_PRODUCTION_URL: 'room.vercel.app' };
const preview = {
  ...onVercel,
  VERCEL_ENV: 'preview',
  VERCEL_URL: 'room-abc123-me.vercel.app',
  VERCEL_BRANCH_URL: 'room-git-feature-me.vercel.app',
};
const appUrlOf = (change: Record<string, string | undefined>): string | null => {
  const result = parseEnv({ ...complete, ...change });
  return result.ok ? result.value.appUrl : null;
};

test('a preview on Vercel is its own address: the branch’s, else the deployment’s; never the production site’s', () => {
  expect(appUrlOf(preview)).toBe('https://room-git-feature-me.vercel.app');
  expect(appUrlOf({ ...preview, VERCEL_BRANCH_URL: undefined })).toBe('https://room-abc123-me.vercel.app');
  expect(appUrlOf({ ...preview, APP_URL: 'https://room.example' })).toBe('https://room-git-feature-me.vercel.app');
});

test('a production site on Vercel is where APP_URL says, whatever other names it has', () => {
  const production = { ...preview, VERCEL_ENV: 'production' };
  expect(appUrlOf({ ...production, APP_URL: 'https://room.example' })).toBe('https://room.example');
  expect(appUrlOf(production)).toBe('https://room.vercel.app');
});

test.each([
  ['with no address at all', { ...onVercel, VERCEL_PROJECT_PRODUCTION_URL: undefined }, /^APP_URL is missing; .+\.$/],
  ['with this machine’s', { ...onVercel, APP_URL: 'http://127.0.0.1:3000' }, /^APP_URL must begin with https:.+\.$/],
  [
    'a preview without a name',
    { ...preview, VERCEL_URL: undefined, VERCEL_BRANCH_URL: undefined },
    /^APP_URL is missing; .+\.$/,
  ],
])('RL-10 a deployed site that nobody could reach does not start: %s', (_, change, line) => {
  expect(problems(change)).toEqual([expect.stringMatching(line)]);
});

test('a laptop is this machine, on its port, and so is `vercel dev`', () => {
  expect(appUrlOf({ APP_URL: undefined, PORT: '3100', HOST: '0.0.0.0' })).toBe('http://127.0.0.1:3100');
  expect(appUrlOf({ APP_URL: undefined, VERCEL: '1', VERCEL_ENV: 'development' })).toBe('http://127.0.0.1:3000');
});

test('a preview has the stand-in in Spotify’s place, and nothing of the operator’s app', () => {
  const result = parseEnv({ ...complete, ...preview, SPOTIFY_API_URL: 'https://api.example' });
  expect(result).toMatchObject({
    ok: true,
    value: { standIn: true, spotifySimulated: true, spotifyClientSecret: 'none' },
  });
  expect(JSON.stringify(result)).not.toMatch(/"secret"|api\.example/);
});

test('a production site has it only where DEMO is on: beside Spotify, or in its place where there is no app', () => {
  const without = { SPOTIFY_CLIENT_ID: undefined, SPOTIFY_CLIENT_SECRET: undefined };
  expect(problems({ ...onVercel, ...without })).toEqual([
    expect.stringMatching(/^SPOTIFY_CLIENT_ID is missing/),
    expect.stringMatching(/^SPOTIFY_CLIENT_SECRET is missing/),
  ]);
  expect(parseEnv(complete)).toMatchObject({ value: { standIn: false, demo: false } });
  expect(parseEnv({ ...complete, DEMO: 'on' })).toMatchObject({ value: { standIn: false, demo: true } });
  expect(parseEnv({ ...complete, ...without, DEMO: 'on' })).toMatchObject({ value: { standIn: true, demo: true } });
  expect(problems({ SPOTIFY_CLIENT_ID: undefined, DEMO: 'on' })).toEqual([
    expect.stringMatching(/^SPOTIFY_CLIENT_ID is missing/),
  ]);
});

describe('AP7 apps of hosts', () => {
  const without = { SPOTIFY_CLIENT_ID: undefined, SPOTIFY_CLIENT_SECRET: undefined };
  const off = { SPOTIFY_OWN_APPS: 'off' };
  const alone = {
    ok: true,
    value: { spotifyClientId: null, spotifyClientSecret: null, ownApps: true, standIn: false },
  };
  const accounts = { SPOTIFY_ACCOUNTS_URL: 'https://accounts.spotify.com' };
  const production = { ...onVercel, VERCEL_ENV: 'production' };

  test('are wanted, unless somebody says otherwise', () => {
    expect(parseEnv(complete)).toMatchObject({ value: { ownApps: true } });
    expect(parseEnv({ ...complete, ...off })).toMatchObject({ ok: true, value: { ownApps: false } });
    expect(problems({ SPOTIFY_OWN_APPS: 'yes' })).toEqual(['SPOTIFY_OWN_APPS must be on or off.']);
  });

  test('are enough for a site that says where Spotify is, or is a platform’s production site', () => {
    for (const site of [accounts, production]) {
      expect(parseEnv({ ...complete, ...without, ...site })).toMatchObject(alone);
      expect(problems({ ...without, ...site, ...off })).toEqual([
        expect.stringMatching(/^SPOTIFY_OWN_APPS is off and SPOTIFY_CLIENT_ID is missing, .+\.$/),
      ]);
      // Half an app is a mistake.
      expect(problems({ ...site, SPOTIFY_CLIENT_ID: undefined })).toEqual([
        expect.stringMatching(/^SPOTIFY_CLIENT_ID /),
      ]);
      expect(namesSpotify(site)).toBe(true);
    }
    expect(problems(without)).toEqual([
      expect.stringMatching(/^SPOTIFY_CLIENT_ID is missing; .+SPOTIFY_ACCOUNTS_URL=https:/),
      expect.stringMatching(/^SPOTIFY_CLIENT_SECRET is missing/),
    ]);
    expect([namesSpotify({}), namesSpotify({ SPOTIFY_CLIENT_ID: 'id' })]).toEqual([false, true]);
  });

  test('are nothing to the stand-in, which serves with DEMO whatever else is said', () => {
    const standIn = { ok: true, value: { standIn: true, ownApps: false } };
    for (const site of [{}, accounts, production, off]) {
      expect(parseEnv({ ...complete, ...without, ...site, DEMO: 'on' })).toMatchObject(standIn);
    }
    expect(parseEnv({ ...complete, ...preview })).toMatchObject(standIn);
  });
});

test('secrets rotate: several, the first one seals', () => {
  const second = 'Zz3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp';
  expect(parseEnv({ ...complete, SESSION_SECRET: `${complete.SESSION_SECRET}, ${second}` })).toMatchObject({
    ok: true,
    value: { sessionSecrets: [complete.SESSION_SECRET, second] },
  });
});

test.each([
  ['SPOTIFY_CLIENT_ID', undefined],
  ['SPOTIFY_CLIENT_SECRET', undefined],
  ['SESSION_SECRET', undefined],
  ['SESSION_SECRET', 'short'],
  ['SESSION_SECRET', 'change-me-change-me-change-me-change-me'],
  ['SESSION_SECRET', `${complete.SESSION_SECRET},${complete.SESSION_SECRET}`],
  ['DATABASE_URL', undefined],
  ['DATABASE_URL', 'mysql://x/y'],
  ['DATABASE_DIRECT_URL', 'x'],
  ['DATABASE_CA', 'a file’s name'],
  ['ALLOW_NEWER_DATABASE', 'yes'],
  ['MIGRATE_PREVIEWS', 'yes'],
  ['APP_URL', 'http://room.example'],
  ['APP_URL', 'http://localhost:3000'],
  ['APP_URL', 'https://room.example/path'],
  ['APP_URL', 'room.example'],
  ['SPOTIFY_ACCOUNTS_URL', 'http://accounts.example'],
  ['SPOTIFY_API_URL', 'x'],
  ['SPOTIFY_SIMULATED', 'yes'],
  ['DEMO', '1'],
  ['SPOTIFY_CALLS_PER_DAY', '0'],
  ['SPOTIFY_CALLS_PER_DAY', 'many'],
  ['PORT', '70000'],
  ['PORT', '3e3'],
  ['TRUSTED_HOPS', '-1'],
  ['RATE_LIMIT_FACTOR', '0'],
  ['RATE_LIMIT_FACTOR', 'x'],
])('RL-10 %s=%s is refused in one line that names it', (name, value) => {
  const found = problems({ [name]: value });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${name} .+\\.$`));
  expect(found[0]).not.toContain('\n');
});

test.each(['abc', '70000', '-1', '3e3'])('RL-10 PORT=%s alone is refused in one line that names PORT', (port) => {
  const found = problems({ PORT: port, APP_URL: undefined });
  expect(found).toEqual(['PORT must be a whole number from 0 to 65535.']);
});

test('.env.local.example names the same variables', () => {
  expect(existsSync('.env.local.example')).toBe(true);
  const named = [...readFileSync('.env.local.example', 'utf8').matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map(
    ([, name]) => name,
  );
  const known = [...Object.keys(variables.shape), ...databaseNames];
  expect([...new Set(named)].toSorted()).toEqual([...new Set(known)].toSorted());
});

test('RL-10 what came along with a pasted value is no part of it; quotes that a shell kept are named', () => {
  const pasted = parseEnv({
    ...complete,
    SPOTIFY_CLIENT_ID: ' id\r',
    SPOTIFY_CLIENT_SECRET: 'secret\r\n',
    PORT: '3000 ',
  });
  expect(pasted).toMatchObject({
    ok: true,
    value: { spotifyClientId: 'id', spotifyClientSecret: 'secret', port: 3_000 },
  });
  for (const name of ['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET', 'APP_URL', 'HOST']) {
    expect(problems({ [name]: '"http://127.0.0.1:3000"' })).toContain(
      `${name} has quotes around it; write it without them.`,
    );
  }
  expect(problems({ SPOTIFY_CLIENT_SECRET: 'a b' })).toEqual([expect.stringMatching(/^SPOTIFY_CLIENT_SECRET /)]);
});
