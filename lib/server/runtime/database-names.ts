import 'server-only';

/** An address of the database, with the variable that it stands in. */
export interface NamedAddress {
  readonly name: string;
  readonly url: string;
}

/**
 * Where a deployment finds its database: the names of ours, and those that stores set.
 *
 * | | ours | Neon | Supabase | Prisma Postgres |
 * | --- | --- | --- | --- | --- |
 * | requests | `DATABASE_URL` | `DATABASE_URL` | `POSTGRES_URL`, `POSTGRES_PRISMA_URL` | `DATABASE_URL_POOLED` |
 * | migrations, LISTEN | `DATABASE_DIRECT_URL` | `DATABASE_URL_UNPOOLED` | `POSTGRES_URL_NON_POOLING` | `DATABASE_URL` |
 */
const names = {
  ours: ['DATABASE_URL', 'DATABASE_DIRECT_URL'],
  stores: [
    'DATABASE_URL_POOLED',
    'DATABASE_URL_UNPOOLED',
    'POSTGRES_URL',
    'POSTGRES_PRISMA_URL',
    'POSTGRES_URL_NON_POOLING',
  ],
} as const;

type Name = (typeof names)['ours' | 'stores'][number];

/** Every variable that may hold an address of the database. */
export const databaseNames: readonly Name[] = [...names.ours, ...names.stores];

/** What variables say of the database's addresses; null for what they do not say. */
export interface ChosenDatabase {
  /** For requests: through a pooler, where there is one. */
  readonly pooled: NamedAddress | null;
  /** For migrations and LISTEN: past it. */
  readonly direct: NamedAddress | null;
}

/**
 * Chooses the address for requests and the one past the pooler. Ours win over a store's, and two names of one pair over those of another: an
 * address of some other database that happens to be configured too is never migrated.
 */
export function chooseDatabase(given: Readonly<Record<string, string>>): ChosenDatabase {
  const first = (...candidates: readonly Name[]): NamedAddress | null => {
    const name = candidates.find((candidate) => given[candidate] !== undefined);
    return name === undefined ? null : { name, url: given[name] ?? '' };
  };
  const stated = first('DATABASE_DIRECT_URL');
  const url = first('DATABASE_URL');
  const store = first('POSTGRES_URL', 'POSTGRES_PRISMA_URL');
  if (url === null && first('DATABASE_URL_POOLED', 'DATABASE_URL_UNPOOLED') === null) {
    const direct = stated ?? first('POSTGRES_URL_NON_POOLING');
    return { pooled: store ?? direct, direct: direct ?? store };
  }
  // Where a store names the pooled one apart, the plain name is the direct one, unless the deployer says which is.
  const pooled = stated !== null && url !== null ? url : (first('DATABASE_URL_POOLED') ?? url);
  const apart = pooled?.name === 'DATABASE_URL_POOLED' ? url : null;
  // Copied over from a store's name into ours: the other name of that store belongs to it.
  const copied = [given['POSTGRES_URL'], given['POSTGRES_PRISMA_URL']].includes(pooled?.url);
  const direct =
    stated ?? first('DATABASE_URL_UNPOOLED') ?? apart ?? (copied ? first('POSTGRES_URL_NON_POOLING') : null);
  return { pooled: pooled ?? direct, direct: direct ?? pooled };
}
