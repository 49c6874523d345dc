import { chooseDatabase } from './database-names';

const at = (host: string): string => `postgresql://u:p@${host}:5432/roomtone`;

/** Which of the variables is taken for requests, and which past the pooler. */
function chosen(...names: readonly string[]): readonly (string | undefined)[] {
  const { pooled, direct } = chooseDatabase(Object.fromEntries(names.map((name) => [name, at(name.toLowerCase())])));
  return [pooled?.name, direct?.name];
}

test.each([
  ['nothing', [], undefined, undefined],
  ['ours alone', ['DATABASE_URL'], 'DATABASE_URL', 'DATABASE_URL'],
  ['ours, with a pooler', ['DATABASE_URL', 'DATABASE_DIRECT_URL'], 'DATABASE_URL', 'DATABASE_DIRECT_URL'],
  ['only the direct one', ['DATABASE_DIRECT_URL'], 'DATABASE_DIRECT_URL', 'DATABASE_DIRECT_URL'],
  [
    'Neon',
    ['DATABASE_URL', 'DATABASE_URL_UNPOOLED', 'POSTGRES_URL', 'POSTGRES_PRISMA_URL', 'POSTGRES_URL_NON_POOLING'],
    'DATABASE_URL',
    'DATABASE_URL_UNPOOLED',
  ],
  [
    'Supabase',
    ['POSTGRES_URL', 'POSTGRES_PRISMA_URL', 'POSTGRES_URL_NON_POOLING'],
    'POSTGRES_URL',
    'POSTGRES_URL_NON_POOLING',
  ],
  ['Supabase, its direct one stated', ['POSTGRES_URL', 'DATABASE_DIRECT_URL'], 'POSTGRES_URL', 'DATABASE_DIRECT_URL'],
  ['Prisma’s name alone', ['POSTGRES_PRISMA_URL'], 'POSTGRES_PRISMA_URL', 'POSTGRES_PRISMA_URL'],
  ['Prisma Postgres', ['DATABASE_URL', 'DATABASE_URL_POOLED'], 'DATABASE_URL_POOLED', 'DATABASE_URL'],
  [
    'ours over a store’s',
    ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_URL_POOLED', 'POSTGRES_URL_NON_POOLING'],
    'DATABASE_URL',
    'DATABASE_DIRECT_URL',
  ],
  [
    'another store’s database is never migrated',
    ['DATABASE_URL', 'POSTGRES_URL', 'POSTGRES_URL_NON_POOLING'],
    'DATABASE_URL',
    'DATABASE_URL',
  ],
])('%s', (_name, names, pooled, direct) => {
  expect(chosen(...names)).toEqual([pooled, direct]);
});

test('a store’s name that was copied into ours brings its other one along', () => {
  const { pooled, direct } = chooseDatabase({
    DATABASE_URL: at('pooler'),
    POSTGRES_URL: at('pooler'),
    POSTGRES_URL_NON_POOLING: at('direct'),
  });
  expect([pooled?.name, direct?.name]).toEqual(['DATABASE_URL', 'POSTGRES_URL_NON_POOLING']);
});
