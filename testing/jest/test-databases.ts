import { createTestDatabases, dropTestDatabases, openTestServer } from '@/testing/deployments/test-server';
import { fail } from '@/scripts/local/steps';

/**
 * For Jest, whose own setup cannot load these programs: `create RUN LABEL…` prints the addresses as one line of JSON, `drop RUN`
 * takes them away and lets go of the server.
 */
async function main(): Promise<void> {
  const [action, run = '', ...labels] = process.argv.slice(2);
  // Jest needs it for longer than this program runs.
  const server = await openTestServer(Number(run));
  if (action === 'create') console.log(JSON.stringify(await createTestDatabases(server, Number(run), labels)));
  else {
    await dropTestDatabases(server, Number(run));
    await server.stop();
  }
}

await main().catch(fail);
