import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { adoptBuild, buildNoteFile, currentBuild } from './builds';
import { inheritFiles } from './inherited-files';

const builds = mkdtempSync(join(tmpdir(), 'roomtone-builds-'));
afterAll(() => rmSync(builds, { recursive: true }));

const dayMs = 24 * 60 * 60 * 1_000;

/** A folder like a build's, with files for browsers. */
function draft(stamp: string, files: readonly string[] = []): string {
  const folder = join(builds, `.draft-${stamp}`);
  for (const file of files) {
    const path = join(folder, '.next', 'static', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, stamp);
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

function note(folder: string, stamp: string, inherited: Readonly<Record<string, number>> = {}): string {
  writeFileSync(join(folder, buildNoteFile), JSON.stringify({ stamp, inherited }));
  return folder;
}

const files = (folder: string): readonly string[] =>
  readdirSync(join(folder, '.next', 'static'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();

test('half a build is none; a whole one is the current one as soon as it is there', () => {
  expect(currentBuild(builds)).toBeNull();
  const folder = adoptBuild(note(draft('one'), 'one'), null, builds);
  expect(currentBuild(builds)).toBe(folder);
  rmSync(join(folder, buildNoteFile));
  expect(currentBuild(builds)).toBeNull();
});

test('the three builds before the newest stay, and the one that somebody serves', () => {
  const made = ['a', 'b', 'c', 'd', 'e', 'f'].map((stamp) => adoptBuild(note(draft(stamp), stamp), null, builds));
  expect(made.map(existsSync)).toEqual([false, false, true, true, true, true]);
  const [, , served = ''] = made;
  const newest = ['g', 'h', 'i', 'j'].map((stamp) => adoptBuild(note(draft(stamp), stamp), served, builds));
  expect([served, made[3] ?? '', ...newest].map(existsSync)).toEqual([true, false, true, true, true, true]);
  expect(currentBuild(builds)).toBe(newest.at(-1));
});

test('pages that are open during an update get their files for a day', () => {
  const start = Date.now();
  const first = note(draft('first', ['chunks/a.js', 'chunks/both.js']), 'first');
  const second = draft('second', ['chunks/b.js', 'chunks/both.js']);
  const inherited = inheritFiles(first, second, start);
  expect(inherited).toEqual({ [join('chunks', 'a.js')]: start });
  expect(files(note(second, 'second', inherited))).toEqual(['a.js', 'b.js', 'both.js']);

  const soon = draft('soon', ['chunks/c.js']);
  expect(inheritFiles(second, soon, start + dayMs)).toMatchObject({ [join('chunks', 'a.js')]: start });
  expect(files(soon)).toEqual(['a.js', 'b.js', 'both.js', 'c.js']);

  const late = draft('late', ['chunks/c.js']);
  inheritFiles(second, late, start + dayMs + 1);
  expect(files(late)).toEqual(['b.js', 'both.js', 'c.js']);
});
