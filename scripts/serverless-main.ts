import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './local/paths';
import { fail, seconds, step } from './local/steps';
import { findTestFiles, runTestFiles, testArguments } from './processes/node-tests';
import { hasTools, installTools } from '@/serverless/build/tools';
import { makeCertificate } from '@/serverless/host/certificate';
import { certificateFile } from '@/serverless/host/certificate-file';

/** Names that a deployed project answers on, beside its address on this machine. */
const names = ['roomtone.vercel.app', '*.vercel.app', 'party.example'];

/** Everybody who asks the host here, tests and functions alike, believes in its certificate from their start. */
function trustHost(): void {
  const { cert, key } = makeCertificate(names);
  writeFileSync(certificateFile('cert'), cert);
  writeFileSync(certificateFile('key'), key, { mode: 0o600 });
  process.env['NODE_EXTRA_CA_CERTS'] = certificateFile('cert');
}

/** Tests of the platform of functions: words as arguments choose files by name, `--titles=PATTERN` tests by title. */
async function main(): Promise<void> {
  const started = Date.now();
  const { words, titles } = testArguments();
  console.log('\n  Roomtone on a platform of functions\n');
  if (!hasTools()) await step('Installing the platform’s tools', async () => installTools());
  trustHost();
  const counts = await runTestFiles(findTestFiles(join(root, 'serverless'), words), titles);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${seconds(started)}`);
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

await main().catch(fail);
