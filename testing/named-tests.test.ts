import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '@/scripts/local/paths';

/** A test as a document names it: by its file, or by its folder where it has the same name; by words of its titles, or by numbers in them. */
interface Named {
  readonly file: string;
  readonly words: readonly string[];
}

/** The tests that a section of a document names in its tables: a file in code, and what follows up to the next one. */
function namedTests(document: string, section: string): readonly Named[] {
  const text = readFileSync(join(root, 'docs', document), 'utf8').split(`\n## ${section}\n`)[1] ?? '';
  const places = text.split('\n## ')[0]?.matchAll(/`((?:\w[\w-]*\/)+[\w-]+|proxy)`([^`|]*)/g) ?? [];
  return [...places].map(([, file = '', rest = '']) => ({
    file,
    words: [
      ...[...rest.matchAll(/\*([^*]+?)(?: …)?\*/g)].map(([, title = '']) => title),
      ...(rest.match(/\b(?:[A-Z]{2}-?|E)\d+\b/g) ?? []),
    ],
  }));
}

function sourceOf(file: string): string | null {
  const paths = [`${file}.test.ts`, `${file}.test.tsx`, `${file}/${basename(file)}.test.ts`];
  const found = paths.map((path) => join(root, path)).find(existsSync);
  return found === undefined ? null : readFileSync(found, 'utf8');
}

test('every test that shows a fault of platforms to be gone is there, with these words', () => {
  const named = namedTests('serverless.md', 'What went wrong there, and what shows that it does not');
  expect(named.length).toBeGreaterThan(40);
  const missing = named.flatMap(({ file, words }) => {
    const source = sourceOf(file);
    return source === null ? [file] : words.filter((word) => !source.includes(word)).map((word) => `${file}: ${word}`);
  });
  expect(missing).toEqual([]);
});
