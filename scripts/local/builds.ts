import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { root } from './paths';

/** Every build is a folder of its own in here, whole from the first moment; `current` leads to the newest. */
export const buildsFolder = join(root, '.builds');

/** How many builds are kept besides those that are served: open pages, and whoever wants the one before back, need no more. */
const kept = 3;

const noteSchema = z.object({
  /** What it was made of. */
  stamp: z.string(),
  /** Files of earlier builds that it serves too, with the time when a build without them came, in ms. */
  inherited: z.record(z.string(), z.number()),
});

/** What a build says of itself. */
export type BuildNote = z.infer<typeof noteSchema>;

/** The file in a build's folder that makes it one: it is written last. */
export const buildNoteFile = 'build.json';

/** A build's note; null where there is no build, or half of one. */
export function readBuildNote(folder: string): BuildNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(join(folder, buildNoteFile), 'utf8')));
  } catch {
    return null;
  }
}

/** The folder of the newest build, past the link that leads to it; null before the first. */
export function currentBuild(builds = buildsFolder): string | null {
  try {
    const folder = realpathSync(join(builds, 'current'));
    return readBuildNote(folder) === null ? null : folder;
  } catch {
    return null;
  }
}

/** Moves a folder, also to another file system. */
export function moveFolder(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    rmSync(from, { recursive: true });
  }
}

function pointAt(builds: string, name: string): void {
  const pointer = join(builds, 'current');
  const draft = join(builds, `.current-${process.pid}`);
  rmSync(draft, { force: true });
  // A junction on Windows, where a link needs rights; it takes whole paths only, and nothing can be renamed over it.
  const windows = process.platform === 'win32';
  symlinkSync(windows ? join(builds, name) : name, draft, 'junction');
  if (windows && existsSync(pointer)) rmSync(pointer);
  renameSync(draft, pointer);
}

/** Builds, newest first: their names begin with the time when they were made. */
function namesIn(builds: string): readonly string[] {
  return readdirSync(builds)
    .filter((name) => /^\d/.test(name) && lstatSync(join(builds, name)).isDirectory())
    .toSorted()
    .toReversed();
}

/**
 * Makes a folder that is a whole build the current one, and removes builds that are too old. Whoever serves another one goes on doing so.
 *
 * @param draft the folder, which is moved
 * @param served the build that a start of this checkout serves now, and that therefore stays
 * @returns where it is
 */
export function adoptBuild(draft: string, served: string | null, builds = buildsFolder): string {
  const name = `${new Date().toISOString().replaceAll(/[^\d]/g, '')}-${(readBuildNote(draft)?.stamp ?? '').slice(0, 8)}`;
  const folder = join(builds, name);
  moveFolder(draft, folder);
  pointAt(builds, name);
  const names = namesIn(builds);
  const needed = new Set([basename(served ?? ''), ...names.slice(0, kept + 1)]);
  for (const old of names) if (!needed.has(old)) rmSync(join(builds, old), { recursive: true, force: true });
  return folder;
}
