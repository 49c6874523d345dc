import { renewGrants } from './database/renew-encryption';
import { readVariables } from './local/environment';
import { withOwnDatabase } from './local/own-database';
import { fail, step, UserError } from './local/steps';

/** Encrypts the hosts' logins by the first secret of SESSION_SECRET, so that those behind it can be dropped; see docs/backup.md. */
async function main(): Promise<void> {
  const variables = readVariables();
  const secrets = (variables['SESSION_SECRET'] ?? '').split(',').map((secret) => secret.trim());
  if (secrets.length < 2)
    throw new UserError('SESSION_SECRET has to be NEW,OLD: the new secret, a comma, and the one that it follows.');
  const { renewed, current, lost } = await step('Encrypting', () =>
    withOwnDatabase(variables, (database) => renewGrants(database, secrets)),
  );
  console.log(`\n  ${renewed} logins were encrypted anew, ${current} were already.`);
  if (lost > 0)
    console.log(`  ${lost} cannot be opened by any of these secrets: their hosts have to connect Spotify again.`);
}

await main().catch(fail);
