import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { dataPath, root } from './local/paths';
import { buildApp, generateClient, needsBuild } from './local/app-build';
import { seconds } from './local/steps';
import { openTestServer } from '@/testing/deployments/test-server';

interface Counts {
  passed: number;
  failed: number;
}

interface Output {
  readonly ok: boolean;
  readonly text: string;
}

/** Runs a program and keeps what it prints. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Output> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const add = (chunk: Buffer): void => void (text += chunk.toString());
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('exit', (code) => resolve({ ok: code === 0, text }));
  });
}

const bin = (...parts: readonly string[]): string => join(root, 'node_modules', ...parts);

const jestResults = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});
const playwrightResults = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

function readResults<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

async function check(args: readonly string[]): Promise<Output & Counts> {
  const output = await run(args);
  return { ...output, passed: output.ok ? 1 : 0, failed: output.ok ? 0 : 1 };
}

async function unit(): Promise<Output & Counts> {
  const file = dataPath('unit-results.json');
  const output = await run([bin('jest', 'bin', 'jest.js'), '--maxWorkers=3', '--json', `--outputFile=${file}`]);
  const results = readResults(file, jestResults);
  // A suite that could not even run counts as one failure.
  const failed = results === null ? 1 : Math.max(results.numFailedTests, results.numFailedTestSuites);
  const text = output.text.replace(/^\{"numFailedTestSuites.*$/m, '');
  return { ok: output.ok, text, passed: results?.numPassedTests ?? 0, failed: output.ok ? 0 : Math.max(1, failed) };
}

async function endToEnd(): Promise<Output & Counts> {
  const file = join(root, '.data', 'e2e-results.json');
  const output = await run([bin('@playwright', 'test', 'cli.js'), 'test', '--project=rooms', '--project=rate limit']);
  const stats = readResults(file, playwrightResults)?.stats;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  return { ...output, passed: stats?.expected ?? 0, failed: output.ok ? 0 : Math.max(1, failed) };
}

const counts = z.object({ passed: z.number(), failed: z.number() });

/** The quick and most telling tests of a command of its own, which leaves its result in a file. */
async function shortFormOf(program: string, results: string): Promise<Output & Counts> {
  const file = dataPath(results);
  // What an earlier run left is not the result of one that never came to its end.
  rmSync(file, { force: true });
  const output = await run(['--import', 'tsx', '--conditions=react-server', join(root, 'scripts', program), '--short']);
  const found = readResults(file, counts);
  return { ...output, passed: found?.passed ?? 0, failed: output.ok ? 0 : Math.max(1, found?.failed ?? 0) };
}

async function build(): Promise<Output & Counts> {
  if (needsBuild()) await buildApp();
  return { ok: true, text: '', passed: 1, failed: 0 };
}

interface Part {
  readonly name: string;
  readonly label: string;
  readonly work: () => Promise<Output & Counts>;
}

/** What uses all the processors that it gets, in the order in which it is cheapest to fail. */
const busyParts: readonly Part[] = [
  { name: 'format', label: 'Format', work: () => check([bin('oxfmt', 'bin', 'oxfmt'), '--check', '.']) },
  {
    name: 'lint',
    label: 'Lint',
    // Before Node 22.18 the configuration, in TypeScript, needs a loader.
    work: () => check(['--import', 'tsx', bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']),
  },
  {
    name: 'types',
    label: 'Types',
    work: () => check([bin('typescript', 'bin', 'tsc'), '--noEmit', '--incremental', 'false']),
  },
  { name: 'knip', label: 'Dead code', work: () => check([bin('knip', 'bin', 'knip.js'), '--no-progress']) },
  { name: 'unit', label: 'Unit tests', work: unit },
  { name: 'e2e', label: 'Browser tests', work: endToEnd },
];

/** What mostly waits, beside them: for leases, for songs, for processes that start. */
const waitingParts: readonly Part[] = [
  { name: 'build', label: 'Build', work: build },
  { name: 'faults', label: 'Fault tests', work: () => shortFormOf('faults-main.ts', 'fault-results.json') },
  {
    name: 'serverless',
    label: 'Platform tests',
    work: () => shortFormOf('serverless-main.ts', 'serverless-results.json'),
  },
];

function failureOf(error: unknown): Output & Counts {
  const text = error instanceof Error ? error.message : String(error);
  return { ok: false, text, passed: 0, failed: 1 };
}

/** Runs parts one after the other, and says of each what came of it when it is over: others may run beside it. */
async function runParts(parts: readonly Part[], wanted: readonly string[], total: Counts): Promise<void> {
  for (const { name, label, work } of parts) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const started = Date.now();
    const { text, passed, failed } = await work().catch(failureOf);
    const verdict = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
    console.log(`  ${label}: ${verdict}, ${seconds(started)}`);
    if (failed > 0) console.log(`\n${text}\n`);
    total.passed += passed;
    total.failed += failed;
  }
}

/** Everything that has to hold. Names of parts as arguments run only those. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const total: Counts = { passed: 0, failed: 0 };
  console.log('\n  Roomtone, tests\n');
  await generateClient();
  const server = await openTestServer();
  try {
    await Promise.all([runParts(busyParts, wanted, total), runParts(waitingParts, wanted, total)]);
  } finally {
    await server.stop();
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

await main();
