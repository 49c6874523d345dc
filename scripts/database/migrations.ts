import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { z } from 'zod';
import { root } from '@/scripts/local/paths';

/** Where the schema and its migrations are. */
export const prismaFolder = join(root, 'prisma');

/** Held while migrations are applied, so that two instances that start together do not apply them twice. */
const lockKey = 7_266_868_373;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const filters = { externalTables: [], externalEnums: [] };

function readMigrations(folder: string): MigrationList {
  const migrationsFolder = join(folder, 'migrations');
  const names = existsSync(migrationsFolder) ? readdirSync(migrationsFolder, { withFileTypes: true }) : [];
  const folders = names.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: folders.toSorted().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsFolder, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** Names the present migrations: a database made from them is good as long as this stays the same. */
export function migrationsHash(): string {
  const content = readMigrations(prismaFolder).migrationDirectories.map(({ path, migrationFile }) => [
    path,
    migrationFile.content,
  ]);
  return sha256(JSON.stringify(content)).slice(0, 12);
}

interface EngineModule {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** Prisma's own schema engine, compiled to WebAssembly: no program is downloaded, and the history table stays Prisma's. */
async function loadEngine(): Promise<EngineModule> {
  const require = createRequire(import.meta.url);
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue: EngineModule & WebAssembly.ModuleImports = await import(glueFile);
  const bytes = readFileSync(join(dirname(glueFile), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  const begin = instance.exports['__wbindgen_start'];
  if (typeof begin === 'function') begin();
  return glue;
}

function readSchema(folder: string): { readonly path: string; readonly content: string } {
  const path = join(folder, 'schema.prisma');
  return { path, content: readFileSync(path, 'utf8') };
}

async function withEngine<T>(
  databaseUrl: string,
  folder: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine: Engine } = await loadEngine();
  // Loaded here, because most starts have nothing to migrate.
  const { EngineAdapter } = await import('./engine-adapter');
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const { path, content } = readSchema(folder);
  const adapter = new EngineAdapter(databaseUrl);
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    const engine = await Engine.new({ datamodels: [[path, content]] }, () => undefined, bound);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await adapter.close();
  }
}

const historySchema = z.array(z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() }));

/**
 * Whether a database has every migration, unchanged, by Prisma's own history. It is not when one has failed: the engine says what to do.
 */
export async function isMigrated(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const table = await client.query<{ there: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
    );
    if (table.rows[0]?.there !== true) return false;
    const { rows } = await client.query(
      `SELECT migration_name AS "name", "checksum", finished_at IS NOT NULL AS "finished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    const history = historySchema.parse(rows);
    const known = new Map(history.map(({ name, checksum }) => [name, checksum]));
    const wanted = readMigrations(prismaFolder).migrationDirectories;
    return (
      history.every(({ finished }) => finished) &&
      wanted.every(({ path, migrationFile }) => known.get(path) === sha256(migrationFile.content.value))
    );
  } finally {
    await client.end();
  }
}

/** Applies what is missing. Returns the names of what was applied. */
export async function applyMigrations(databaseUrl: string): Promise<readonly string[]> {
  if (await isMigrated(databaseUrl)) return [];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const migrationsList = readMigrations(prismaFolder);
    const { appliedMigrationNames } = await withEngine(databaseUrl, prismaFolder, (engine) =>
      engine.applyMigrations({ migrationsList, filters }),
    );
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * The SQL that leads from the migrations to the schema; empty when they agree.
 *
 * @param adminUrl a database beside which one is made for the comparison, and dropped again
 * @param folder where the schema and its migrations are
 */
export function diffMigrations(adminUrl: string, folder: string): Promise<string> {
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [readSchema(folder)] };
  return withEngine(adminUrl, folder, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(folder) },
      to,
      script: true,
      exitCode: null,
      filters,
    });
    const sql = stdout?.trim() ?? '';
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}
