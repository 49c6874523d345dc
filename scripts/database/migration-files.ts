import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@/scripts/local/paths';

/** Where the schema and its migrations are. */
export const prismaFolder = join(root, 'prisma');

export interface Migration {
  /** Its folder's name, which begins with the time when it was made. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL, as Prisma's history has it. */
  readonly checksum: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The migrations of a folder, in the order in which they are applied. */
export function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, 'migrations', name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: sha256(sql) };
    });
}

/** Names the present migrations: a database made from them is good as long as this stays the same. */
export function migrationsHash(): string {
  return sha256(JSON.stringify(readMigrations(prismaFolder))).slice(0, 12);
}

/** Where the checksums of the migrations that have landed stand, as `sha256sum` writes them. */
export const landedFile = (folder: string): string => join(folder, 'migrations', 'landed.sha256');

/** The line of a migration in that file. */
export const landedLine = ({ name, checksum }: Migration): string => `${checksum}  ${name}/migration.sql`;
