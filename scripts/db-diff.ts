import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { landedFile, landedLine, prismaFolder, readMigrations } from './database/migration-files';
import { diffSchema } from './database/schema-diff';
import { fail, UserError } from './local/steps';
import { openTestServer } from '@/testing/deployments/test-server';

/**
 * Writes a new migration from the difference between the migrations and the schema: `db-diff NAME`. A folder after the name is
 * taken in place of `prisma`.
 */
async function main(): Promise<void> {
  const [name = '', prisma = prismaFolder] = process.argv.slice(2);
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new UserError('Name the migration: npm run db:diff add_something');
  const server = await openTestServer();
  try {
    const sql = await diffSchema(server.adminUrl, prisma);
    if (sql === '') return console.log('The schema has not changed.');
    const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const migration = `${stamp}_${name}`;
    const folder = join(prisma, 'migrations', migration);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
    const written = readMigrations(prisma).find((each) => each.name === migration);
    if (written !== undefined) appendFileSync(landedFile(prisma), `${landedLine(written)}\n`);
    console.log(`Wrote ${folder}, and its checksum. Read it before you commit it; from then on it never changes.`);
  } finally {
    await server.stop();
  }
}

await main().catch(fail);
