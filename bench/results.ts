import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '@/scripts/paths';
import { draw } from './drawing';
import type { Measurement, Row } from './row';

/** What the figures were measured on; figures without it mean nothing. */
export interface Machine {
  readonly postgres: string;
  /** What was measured; others may be committed while it runs. */
  readonly commit: string;
}

/** The commit that is checked out. */
export function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function describe({ postgres, commit }: Machine): string {
  const [cpu] = cpus();
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1_024 ** 3)} GiB of memory, Linux ${release().split('-')[0]}`,
    `Node ${process.versions.node}, PostgreSQL ${postgres}`,
    `commit ${commit}, ${new Date().toISOString().slice(0, 10)}`,
  ].join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const line = ({ what, measured, baseline, ratio, bar, holds }: Row): string =>
  `| ${[what, measured, baseline, ratio, bar, holds ? 'pass' : '**short**'].map(cell).join(' | ')} |`;

/** Writes the table and the drawings beside it. */
export function writeResults(measurements: readonly Measurement[], machine: Machine): void {
  const folder = join(root, 'bench');
  const drawings = measurements.flatMap((measurement) => measurement.drawings ?? []);
  for (const drawing of drawings) writeFileSync(join(folder, drawing.file), draw(drawing));
  const text = [
    '# Measurements',
    '',
    'Written by `npm run bench`. Everything in one row was measured in the same run, on the same machine, by turns with what it is',
    'compared with; clients, servers, PostgreSQL and the simulated Spotify share its cores.',
    '',
    `Machine: ${describe(machine)}.`,
    '',
    '| what | measured | beside | ratio | bar | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...measurements.flatMap(({ rows }) => rows.map(line)),
    '',
    ...drawings.map(({ file, title }) => `![${title}](${file})`),
    '',
  ].join('\n');
  writeFileSync(join(folder, 'results.md'), text);
}
