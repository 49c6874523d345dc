import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBuildNote } from './builds';

/** How long after an update pages that were open before still get their files, in ms. */
const keptMs = 24 * 60 * 60 * 1_000;

/** Where Next keeps what browsers load, named by its content, below a build. */
const staticFolder = join('.next', 'static');

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/**
 * Gives a new build the files that pages of the builds before it may still ask for: a page that is open during an update goes on working.
 *
 * @param previous the build that it follows
 * @param now the present, in ms
 * @returns the files, for the new build's note
 */
export function inheritFiles(previous: string, next: string, now = Date.now()): Readonly<Record<string, number>> {
  const known = readBuildNote(previous)?.inherited ?? {};
  const own = new Set(filesOf(join(next, staticFolder)));
  const inherited: Record<string, number> = {};
  for (const file of filesOf(join(previous, staticFolder))) {
    const since = known[file] ?? now;
    if (own.has(file) || since < now - keptMs) continue;
    inherited[file] = since;
    const target = join(next, staticFolder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(previous, staticFolder, file), target);
  }
  return inherited;
}
