import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '@/scripts/local/paths';
import { draw } from './drawing';
import type { Measurement, Row } from './row';

/** A measurement, and what it was measured on: figures without it mean nothing. */
export interface Result {
  readonly name: string;
  readonly machine: string;
  readonly rows: readonly Row[];
  readonly drawings: readonly { readonly file: string; readonly title: string }[];
}

const folder = join(root, 'bench');
const store = join(folder, 'results.json');

function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** This machine and what is checked out, in one line. Others may commit while it measures, so it is asked for first. */
export function describeMachine(postgres: string): string {
  const [cpu] = cpus();
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1_024 ** 3)} GiB of memory, Linux ${release().split('-')[0]}`,
    `Node ${process.versions.node}, PostgreSQL ${postgres}`,
    `commit ${currentCommit()}, ${new Date().toISOString().slice(0, 10)}`,
  ].join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const verdict = ({ bar, holds }: Row): string => (bar === 'none' ? '' : holds ? 'pass' : '**short**');

const line = (row: Row): string =>
  `| ${[row.what, row.measured, row.baseline, row.ratio, row.bar, verdict(row)].map(cell).join(' | ')} |`;

const section = ({ name, machine, rows, drawings }: Result): readonly string[] => [
  `## ${name}`,
  '',
  `${machine}.`,
  '',
  '| what | measured | beside | ratio | bar | |',
  '| --- | --- | --- | --- | --- | --- |',
  ...rows.map(line),
  ...drawings.flatMap(({ file, title }) => ['', `![${title}](${file})`]),
  '',
];

function readResults(): readonly Result[] {
  // Written by this file only.
  return existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : [];
}

/** Puts a measurement in the place of its last one, in the table and among the drawings. */
export function writeResult(name: string, machine: string, { rows, drawings = [] }: Measurement): void {
  for (const drawing of drawings) writeFileSync(join(folder, drawing.file), draw(drawing));
  const result: Result = { name, machine, rows, drawings: drawings.map(({ file, title }) => ({ file, title })) };
  const known = readResults();
  const results = known.some((one) => one.name === name)
    ? known.map((one) => (one.name === name ? result : one))
    : [...known, result];
  writeFileSync(store, `${JSON.stringify(results, null, 2)}\n`);
  const text = [
    '# Measurements',
    '',
    'Written by `npm run bench`. What stands in one row was measured in the same run, on the same machine, by turns with what it is',
    'compared with; clients, servers, PostgreSQL and the simulated Spotify share its cores.',
    '',
    ...results.flatMap(section),
  ].join('\n');
  writeFileSync(join(folder, 'results.md'), text);
}
