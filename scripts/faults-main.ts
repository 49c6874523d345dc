import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { dataPath, root } from './local/paths';
import { buildApp, generateClient, needsBuild } from './local/app-build';
import { fail, seconds, step } from './local/steps';
import { openTestServer } from '@/testing/deployments/test-server';

const folder = join(root, 'faults');

/** The files whose names contain one of the words; all of them when there is none. */
function findFiles(words: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
    .toSorted()
    .map((name) => join(folder, name));
}

interface Counts {
  passed: number;
  failed: number;
}

/** Runs the files one after the other, each in a process of its own, and prints a line per test. */
async function runFiles(files: string[], titles: RegExp): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0 };
  // A file without a test of the form that was asked for is reported as one that passed.
  const isTest = (name: string, skip?: string | boolean): boolean => !files.includes(name) && skip === undefined;
  const events = run({ files, concurrency: 1, testNamePatterns: [titles] });
  events.on('test:pass', ({ name, details, skip }) => {
    if (!isTest(name, skip)) return;
    counts.passed += 1;
    console.log(`  ✔ ${name} (${(details.duration_ms / 1_000).toFixed(1)} s)`);
  });
  events.on('test:fail', ({ name, details }) => {
    counts.failed += 1;
    console.log(`  ✖ ${name}\n${inspect(details.error.cause ?? details.error)}`);
  });
  events.on('test:stderr', ({ message }) => process.stderr.write(message));
  for await (const _ of events) void _;
  return counts;
}

/**
 * Faults on purpose, on two running instances: with `--short` the quick and most telling ones. Words as arguments choose files by name,
 * `--titles=PATTERN` tests by title. The result is left in `.data/fault-results.json`, for `npm test`.
 */
async function main(): Promise<void> {
  const started = Date.now();
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const titles = process.argv.find((argument) => argument.startsWith('--titles='))?.slice('--titles='.length) ?? '';
  if (process.argv.includes('--short')) process.env['FAULTS'] = 'short';
  console.log('\n  Roomtone, faults\n');
  generateClient();
  if (needsBuild('http://127.0.0.1')) await step('Building', async () => buildApp('http://127.0.0.1'));
  const server = await openTestServer();
  try {
    const counts = await runFiles(findFiles(words), new RegExp(titles));
    writeFileSync(dataPath('fault-results.json'), JSON.stringify(counts));
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${seconds(started)}`);
    process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

await main().catch(fail);
