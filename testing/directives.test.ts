import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the app is made of, as far as Next compiles it. */
const sources = ['app', 'lib', 'proxy.ts', 'instrumentation.ts', 'next.config.js'].flatMap((path) =>
  path.includes('.')
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|(^|[/\\])generated[/\\]/.test(file))
        .map((file) => join(path, file)),
);

/** Each is a way to run code on the server, or to keep its answers, that this app does without (WB-03). */
const unwanted: Readonly<Record<string, RegExp>> = {
  'Server Actions': /(['"])use server\1/,
  'cached functions': /(['"])use cache(?:: ?\w+)?\1|\bunstable_cache\b|\bcacheComponents\b/,
  'the image optimiser': /from (['"])next\/(?:legacy\/)?image\1|from (['"])next\/og\2|\bunoptimized: false/,
  'answers of other servers': /\brewrites\b\s*[:(]/,
};

test('the sources are found', () => {
  expect(sources).toEqual(
    expect.arrayContaining(['proxy.ts', join('app', 'page.tsx'), join('lib', 'server', 'pages.ts')]),
  );
});

test.each(Object.entries(unwanted))('WB-03 there are no %s', (_what, pattern) => {
  expect(sources.filter((file) => pattern.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('WB-03 the image optimiser is off', () => {
  expect(readFileSync('next.config.js', 'utf8')).toContain('images: { unoptimized: true }');
});
