import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, startCluster } from './embedded-postgres';
import { diffMigrations } from './migrations';
import { root } from './paths';
import { loadSecrets } from './secrets';
import { fail, PlainFailure } from './steps';

/** Writes a new migration from the difference between the migrations and the schema. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? '';
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new PlainFailure('Name the migration: npm run db:diff add_something');
  const cluster = await startCluster({
    name: 'test-postgres',
    password: loadSecrets().databasePassword,
    disposable: true,
  });
  try {
    await ensureDatabase(cluster.url('postgres'), 'roomtone_scratch');
    const sql = await diffMigrations(cluster.url('roomtone_scratch'));
    if (sql === '') return console.log('The schema has not changed.');
    const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const folder = join(root, 'prisma', 'migrations', `${stamp}_${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
    console.log(`Wrote ${folder}. Read it before you commit it.`);
  } finally {
    await cluster.stop();
  }
}

await main().catch(fail);
