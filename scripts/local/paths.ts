import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A file below `.data/`, where everything lives that the commands write besides the build; the folder is made. */
export function dataPath(...parts: readonly string[]): string {
  const path = join(root, '.data', ...parts);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
