import { renewGrants } from './database/renew-encryption';
import { sessionSecrets } from '@/lib/server/runtime/env-variables';
import { readVariables } from './local/environment';
import { withOwnDatabase } from './local/own-database';
import { fail, step, UserError } from './local/steps';

/** Encrypts the hosts' logins by the first secret of SESSION_SECRET, so that those behind it can be dropped; see docs/backup.md. */
async function main(): Promise<void> {
  const variables = readVariables();
  const given = sessionSecrets.safeParse(variables['SESSION_SECRET']);
  if (!given.success)
    throw new UserError(given.error.issues.map(({ message }) => `SESSION_SECRET ${message}.`).join('\n'));
  const secrets = given.data;
  if (secrets.length < 2)
    throw new UserError('SESSION_SECRET has to be NEW,OLD: the new secret, a comma, and the one that it follows.');
  const { renewed, current, lost } = await step('Encrypting', () =>
    withOwnDatabase(variables, (database) => renewGrants(database, secrets)),
  );
  console.log(`\n  ${renewed} logins were encrypted anew, ${current} were already.`);
  if (lost > 0)
    console.log(`  ${lost} cannot be opened by any of these secrets: their hosts have to connect Spotify again.`);
  // None of them: these are other secrets than the app's.
  if (lost > 0 && renewed + current === 0) process.exitCode = 1;
}

await main().catch(fail);
