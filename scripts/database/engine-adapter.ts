import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** PostgreSQL's internal one-byte type `"char"`, and arrays of it. */
const charOid = 18;
const charArrayOid = 1002;

/** A pool whose results say `"char"[]` where they hold a `"char"`. */
function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  // `end` does not wait for the server: dropping the database may still meet a connection, which ends the process if nobody listens.
  pool.on('error', () => undefined);
  const query = pool.query.bind(pool) as (config: pg.QueryConfig | string) => Promise<pg.QueryResult>;
  return Object.assign(pool, {
    query: async (config: pg.QueryConfig | string) => {
      const result = await query(config);
      for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
      return result;
    },
  });
}

/** Prisma's adapter on such a pool, which calls the columns characters again. */
async function adapt(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: async (query: SqlQuery) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    },
  });
}

/**
 * Prisma's adapter for PostgreSQL as its schema engine needs it, because `@prisma/adapter-pg` 7.10.0 alone cannot compare
 * migrations with a schema:
 *
 * - Of a pool that has a connection string, its shadow database is the database itself, since the string outweighs the name
 *   beside it; and it drops the shadow while its own connections to it are open, which fails. Here a shadow is a new database,
 *   and `close` drops it.
 * - It refuses the type `"char"`, with which the engine's questions to the catalogs answer, and the engine takes no text in its
 *   place. The pool disguises it as the only type that the adapter reports as a kind of character, `"char"[]`, for which
 *   the engine never asks, and the answer is put right afterwards.
 */
export class EngineAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #shadows = new Map<string, pg.Pool>();

  constructor(databaseUrl: string) {
    this.#url = databaseUrl;
    this.#pool = openPool(databaseUrl);
  }

  connect(): Promise<SqlDriverAdapter> {
    return adapt(this.#pool);
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    // Named like a database of a run of tests: what a killed process leaves, the next `npm test` drops.
    const name = `roomtone_test_${process.pid}_${randomUUID()}`;
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const shadow = openPool(url.href);
    this.#shadows.set(name, shadow);
    await this.#pool.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    return adapt(shadow);
  }

  /** Closes every connection, which the engine leaves open, and drops the shadow databases. */
  async close(): Promise<void> {
    for (const [name, shadow] of this.#shadows) {
      await shadow.end();
      await this.#pool.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    }
    await this.#pool.end();
  }
}
