import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above a file that is a package: programs run from their sources, and compiled from a build's folder. */
function packageAbove(path: string): string {
  const folder = dirname(path);
  return folder === path || existsSync(join(folder, 'package.json')) ? folder : packageAbove(folder);
}

/** The checkout; in a program of a build that build's own folder, which holds what its programs need. */
export const root = packageAbove(fileURLToPath(import.meta.url));

/** A file below `.data/`, where everything lives that the commands write besides the builds; the folder is made. */
export function dataPath(...parts: readonly string[]): string {
  const path = join(root, '.data', ...parts);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}

/** A file that somebody named on the command line: npm starts programs in the checkout, wherever it was called, and says where that was. */
export function namedFile(file: string): string {
  const calledByNpm = process.env['npm_lifecycle_event']?.startsWith('db:') === true;
  return resolve((calledByNpm ? process.env['INIT_CWD'] : undefined) ?? '', file);
}
