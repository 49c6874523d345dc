import { restore } from './database/restore';
import { readVariables } from './local/environment';
import { withOwnDatabase } from './local/own-database';
import { namedFile } from './local/paths';
import { fail, step, UserError } from './local/steps';

/** Restores a backup: `db-restore FILE [--replace]`. The app has to be stopped. */
async function main(): Promise<void> {
  const [file, ...others] = process.argv.slice(2).filter((argument) => argument !== '--replace');
  if (file === undefined || others.length > 0)
    throw new UserError('Name the file: npm run db:restore -- FILE. With --replace, what the database holds is lost.');
  const replace = process.argv.includes('--replace');
  const { tables, rows } = await step('Restoring', () =>
    withOwnDatabase(readVariables(), (database) => restore(database, namedFile(file), { replace }), { mayBeNew: true }),
  );
  console.log(`\n  ${rows} rows of ${tables} tables. Start the app with the SESSION_SECRET of the time of the backup.`);
}

await main().catch(fail);
