import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nextFloor from 'next/dist/shared/lib/modern-browserslist-target.js';
import manifest from '@/package.json';

const read = (path: string): string => readFileSync(join(__dirname, '..', path), 'utf8');

/** What the app is built for, by browser. */
const floor: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  manifest.browserslist.map((entry) => entry.split(' ')),
);

test.each(['README.md', 'app/_components/page-cannot-run.tsx'])('SC10 %s names what the app is built for', (file) => {
  const { chrome, edge, safari, firefox } = floor;
  const words = `Chrome (?:and|or) Edge from ${chrome}, Safari from ${safari}\\b.*\\bFirefox from ${firefox}\\b`;
  expect(read(file).replaceAll(/\s+/g, ' ')).toMatch(new RegExp(words));
  expect(edge).toBe(chrome);
});

test('SC10 that is no less than what Next builds for', () => {
  const lower = nextFloor
    .map((entry) => entry.split(' '))
    .filter(([name = '', least]) => Number(floor[name]) < Number(least));
  expect(lower).toEqual([]);
});

test('SC10 nor than what Tailwind’s stylesheets need, which has versions in the upper bytes of a number', () => {
  const source = read('node_modules/@tailwindcss/node/dist/index.js');
  const [, firefox, chrome] = /safari:16<<16\|1024,[^}]*firefox:(\d+),chrome:(\d+)/.exec(source) ?? [];
  expect([floor['safari'], floor['firefox'], floor['chrome']]).toEqual([
    '16.4',
    String(Number(firefox) >> 16),
    String(Number(chrome) >> 16),
  ]);
});
