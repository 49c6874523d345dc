import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath, root } from './local/paths';
import { fail, seconds, step } from './local/steps';
import { findTestFiles, runTestFiles, testArguments } from './processes/node-tests';
import { hasTools, installTools } from '@/serverless/build/tools';
import { buildForPlatform } from '@/serverless/build/vercel-build';
import { makeCertificate } from '@/serverless/host/certificate';
import { certificateFile } from '@/serverless/host/certificate-file';
import { createTestDatabases, dropTestDatabases, openTestServer } from '@/testing/deployments/test-server';

/** Names that a deployed project answers on, beside its address on this machine. */
const names = ['roomtone.vercel.app', '*.vercel.app', 'party.example'];

/** Everybody who asks the host here, tests and functions alike, believes in its certificate from their start. */
function trustHost(): void {
  const { cert, key } = makeCertificate(names);
  writeFileSync(certificateFile('cert'), cert);
  writeFileSync(certificateFile('key'), key, { mode: 0o600 });
  process.env['NODE_EXTRA_CA_CERTS'] = certificateFile('cert');
}

/** Measures in a process of its own, which believes in the certificate. True when it came to its end. */
function measure(name: string): boolean {
  const args = ['--import', 'tsx', '--conditions=react-server', join(root, 'serverless', 'measure.ts'), name];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** An option's value, as in `--minutes=5`. */
function option(name: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
}

/**
 * The app as a platform of functions runs it: built by Vercel's own build, each function frozen between requests. With `--short` the quick and most
 * telling tests; words as arguments choose files by name, `--titles=PATTERN` tests by title; `--minutes=5` shortens the long party;
 * `--measure=NAME` measures in place of testing, see serverless/measure.ts. The result is left in `.data/serverless-results.json`, for `npm test`.
 */
async function main(): Promise<void> {
  const started = Date.now();
  const { words, titles } = testArguments();
  if (process.argv.includes('--short')) process.env['SERVERLESS'] = 'short';
  const minutes = option('minutes');
  if (minutes !== undefined) process.env['SERVERLESS_MINUTES'] = minutes;
  console.log('\n  Roomtone on a platform of functions\n');
  if (!hasTools()) await step('Installing the platform’s tools', async () => installTools());
  trustHost();
  const server = await openTestServer();
  try {
    const output = await step('Building as the platform does', async () => {
      const [databaseUrl = ''] = await createTestDatabases(server, process.pid, ['build']);
      return buildForPlatform(databaseUrl);
    });
    process.env['SERVERLESS_OUTPUT'] = output;
    const measured = option('measure');
    if (measured !== undefined) {
      process.exitCode = measure(measured) ? 0 : 1;
      return;
    }
    const counts = await runTestFiles(findTestFiles(join(root, 'serverless'), words), titles);
    writeFileSync(dataPath('serverless-results.json'), JSON.stringify(counts));
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${seconds(started)}`);
    process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
  } finally {
    await dropTestDatabases(server, process.pid);
    await server.stop();
  }
}

await main().catch(fail);
