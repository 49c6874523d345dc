import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { buildSite } from './build-site';
import { UserError } from './local/steps';

let database: EmptyDatabase;
const spoken: string[] = [];
let silenced: readonly { mockRestore(): void }[] = [];

beforeEach(async () => {
  database = await makeEmptyDatabase('build');
  spoken.length = 0;
  silenced = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => spoken.push(String(text)) > 0),
    jest.spyOn(console, 'log').mockImplementation((line) => void spoken.push(String(line))),
  ];
});

afterEach(async () => {
  for (const each of silenced) each.mockRestore();
  await database.drop();
});

const variables = (change: Record<string, string> = {}): Record<string, string> => ({
  SPOTIFY_CLIENT_ID: 'id',
  SPOTIFY_CLIENT_SECRET: 'secret',
  SESSION_SECRET: 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp',
  DATABASE_URL: database.url,
  APP_URL: 'https://room.example',
  VERCEL: '1',
  VERCEL_ENV: 'production',
  ...change,
});

const tables = async (): Promise<readonly string[]> =>
  (await database.query<{ name: string }>(`SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`)).map(
    ({ name }) => name,
  );

const built = jest.fn<Promise<void>, []>(() => Promise.resolve());
beforeEach(() => built.mockClear());

test('the app is built, and then the database is migrated', async () => {
  let tablesMeanwhile: readonly string[] | null = null;
  built.mockImplementationOnce(async () => void (tablesMeanwhile = await tables()));
  await buildSite(variables(), built);
  expect(tablesMeanwhile).toEqual([]);
  expect(await tables()).toContain('Room');
  await buildSite(variables(), built);
  expect(spoken.join('').match(/Applying migrations/g)).toHaveLength(1);
});

test('a build that fails leaves the database as it was', async () => {
  built.mockRejectedValueOnce(new UserError('The build failed.'));
  await expect(buildSite(variables(), built)).rejects.toThrow('The build failed.');
  expect(await tables()).toEqual([]);
});

test('so does a variable that is missing, and nothing is built', async () => {
  const { SESSION_SECRET: _, ...incomplete } = variables();
  await expect(buildSite(incomplete, built)).rejects.toThrow('SESSION_SECRET is missing');
  expect(await tables()).toEqual([]);
  expect(built).not.toHaveBeenCalled();
});

describe('a preview', () => {
  const preview = { VERCEL_ENV: 'preview', VERCEL_URL: 'room-abc123-me.vercel.app' };

  test('migrates nothing: it stops before the build and names what is missing', async () => {
    await expect(buildSite(variables(preview), built)).rejects.toThrow(
      /^The database of this preview lacks 20261124000000_init, .* MIGRATE_PREVIEWS=1/,
    );
    expect(await tables()).toEqual([]);
    expect(built).not.toHaveBeenCalled();
  });

  test('is built on a database that has everything', async () => {
    await buildSite(variables(), built);
    await buildSite(variables(preview), built);
    expect(built).toHaveBeenCalledTimes(2);
  });

  test('migrates a database that is its own', async () => {
    await buildSite(variables({ ...preview, MIGRATE_PREVIEWS: '1' }), built);
    expect(await tables()).toContain('Room');
  });
});

test('a build without a database is a build', async () => {
  await buildSite({}, built);
  expect(built).toHaveBeenCalledTimes(1);
});

test('a database that cannot be entered stops it with one line, and nothing is built', async () => {
  const nowhere = Object.assign(new URL(database.url), { pathname: '/nowhere' }).href;
  await expect(buildSite(variables({ DATABASE_URL: nowhere }), built)).rejects.toThrow(/^There is no database nowhere/);
  expect(built).not.toHaveBeenCalled();
});
