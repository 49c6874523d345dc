import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, stop } from 'esbuild';

/** Plain JavaScript, because it runs before anything loads TypeScript; and so it finds the checkout by itself. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** CommonJS inside of a bundle asks for modules by `require`, which an ES module does not have. */
const banner = `import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);`;

/**
 * Compiles a program of ours, with all it imports, to one file of plain JavaScript, which Node runs without a loader: no compiler stays
 * beside it.
 *
 * @param {string} entry its path from the checkout's root
 * @param {string} into the file; whole at any moment, also for somebody who compiles the same one
 * @returns {void}
 */
export function compileProgram(entry, into) {
  const draft = `${into}.${process.pid}`;
  try {
    buildSync({
      absWorkingDir: root,
      entryPoints: [join(root, entry)],
      outfile: draft,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      // As every program here is run: modules for servers only are let in.
      conditions: ['react-server'],
      // The first one finds its own program beside itself; the other is asked for by `pg` where it is installed, which it never is.
      external: ['esbuild', 'pg-native'],
      banner: { js: banner },
      legalComments: 'none',
      logLevel: 'silent',
    });
    renameSync(draft, into);
  } finally {
    // Otherwise the compiler stays, for a next time that does not come.
    void stop();
    rmSync(draft, { force: true });
  }
}
