import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath, root } from './local/paths';
import { buildApp, generateClient, needsBuild } from './local/app-build';
import { fail, seconds, step } from './local/steps';
import { findTestFiles, runTestFiles, testArguments } from './processes/node-tests';
import { openTestServer } from '@/testing/deployments/test-server';

/**
 * Faults on purpose, on two running instances: with `--short` the quick and most telling ones. Words as arguments choose files by name,
 * `--titles=PATTERN` tests by title; `--minutes=60` is how long the long evening takes, by default five. The result is left in `.data/fault-results.json`, for `npm test`.
 */
async function main(): Promise<void> {
  const started = Date.now();
  const { words, titles } = testArguments();
  const minutes = process.argv.find((argument) => argument.startsWith('--minutes='))?.slice('--minutes='.length);
  if (minutes !== undefined) process.env['EVENING_MINUTES'] = minutes;
  if (process.argv.includes('--short')) process.env['FAULTS'] = 'short';
  console.log('\n  Roomtone, faults\n');
  await generateClient();
  if (needsBuild()) await step('Building', () => buildApp());
  const server = await openTestServer();
  try {
    const counts = await runTestFiles(findTestFiles(join(root, 'faults'), words), titles);
    writeFileSync(dataPath('fault-results.json'), JSON.stringify(counts));
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${seconds(started)}`);
    process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

await main().catch(fail);
