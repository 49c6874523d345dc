import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { backUp } from './database/backup';
import { readVariables } from './local/environment';
import { withOwnDatabase } from './local/own-database';
import { dataPath, namedFile } from './local/paths';
import { fail, step, UserError } from './local/steps';

function defaultFile(): string {
  return `roomtone-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`;
}

/** Writes the database into a file: `db-backup [FILE]`. The key is no part of it, and where that is is said. */
async function main(): Promise<void> {
  const file = namedFile(process.argv[2] ?? defaultFile());
  if (existsSync(file)) throw new UserError(`${file} is there already. Name another file.`);
  if (!existsSync(dirname(file))) throw new UserError(`The folder ${dirname(file)} is not there. Make it first.`);
  const variables = readVariables();
  // Under its name only when it is whole.
  const draft = `${file}.${process.pid}`;
  try {
    const { tables, rows } = await step('Backing up', () =>
      withOwnDatabase(variables, (database) => backUp(database, draft)),
    );
    renameSync(draft, file);
    console.log(`\n  ${file}\n  ${rows} rows of ${tables} tables, ${Math.ceil(statSync(file).size / 1_024)} kB.`);
  } finally {
    rmSync(draft, { force: true });
  }
  const place =
    variables['SESSION_SECRET'] === undefined ? `it is in ${dataPath('secrets.json')}` : 'it is where you have set it';
  console.log(
    `\n  The key is not in this file. Keep SESSION_SECRET in another safe place (${place}):\n  without it everybody is logged out, and hosts have to connect Spotify again.`,
  );
}

await main().catch(fail);
