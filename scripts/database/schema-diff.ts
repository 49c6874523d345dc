import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { EngineAdapter } from './engine-adapter';
import { readMigrations } from './migration-files';

interface EngineModule {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** Prisma's own schema engine, compiled to WebAssembly: no program is downloaded. */
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

function listMigrations(folder: string): MigrationList {
  return {
    baseDir: join(folder, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(folder).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/**
 * The SQL that leads from the migrations to the schema; empty when they agree.
 *
 * @param adminUrl a database beside which one is made for the comparison, and dropped again
 * @param folder where the schema and its migrations are
 */
export async function diffSchema(adminUrl: string, folder: string): Promise<string> {
  const path = join(folder, 'schema.prisma');
  const content = readFileSync(path, 'utf8');
  const { SchemaEngine: Engine } = await loadEngine();
  const adapter = new EngineAdapter(adminUrl);
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    const engine = await Engine.new({ datamodels: [[path, content]] }, () => undefined, bound);
    try {
      const { stdout } = await engine.diff({
        from: { tag: 'migrations', ...listMigrations(folder) },
        to: { tag: 'schemaDatamodel', files: [{ path, content }] },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      });
      const sql = stdout?.trim() ?? '';
      return sql === '-- This is an empty migration.' ? '' : sql;
    } finally {
      engine.free();
    }
  } finally {
    await adapter.close();
  }
}
