import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The files of tests whose names contain one of the words; all of them when there is none. */
export function findTestFiles(folder: string, words: readonly string[]): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
    .toSorted()
    .map((name) => join(folder, name));
}

/** Runs files with Node's own test runner one after the other, each in a process of its own, and prints a line per test. */
export async function runTestFiles(files: readonly string[], titles: RegExp): Promise<Counts> {
  const counts = { passed: 0, failed: 0 };
  // A file without a test of the form that was asked for is reported as one that passed.
  const isTest = (name: string, skip?: string | boolean): boolean => !files.includes(name) && skip === undefined;
  const events = run({ files: [...files], concurrency: 1, testNamePatterns: [titles] });
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
  events.on('test:stdout', ({ message }) => process.stdout.write(message));
  for await (const _ of events) void _;
  return counts;
}

/** Words and options of a command that runs tests: words choose files by name, `--titles=PATTERN` tests by title. */
export function testArguments(): { readonly words: readonly string[]; readonly titles: RegExp } {
  const titles = process.argv.find((argument) => argument.startsWith('--titles='))?.slice('--titles='.length) ?? '';
  return { words: process.argv.slice(2).filter((word) => !word.startsWith('--')), titles: new RegExp(titles) };
}
