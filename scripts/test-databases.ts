import { createTestDatabases, dropTestDatabases, openTestServer } from './test-server';
import { fail } from './steps';

/**
 * For Jest, whose own setup cannot load these programs: `create RUN LABEL…` prints the addresses as one line of JSON, `drop RUN`
 * takes them away. A cluster that `create` has to start goes on running until `npm test` or the next `stop` ends it.
 */
async function main(): Promise<void> {
  const [action, run = '', ...labels] = process.argv.slice(2);
  const server = await openTestServer();
  if (action === 'create') console.log(JSON.stringify(await createTestDatabases(server, Number(run), labels)));
  else await dropTestDatabases(server, Number(run));
}

await main().catch(fail);
