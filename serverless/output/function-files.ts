import { copyFileSync, lstatSync, mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { BuildOutput, BuiltFunction } from './build-output';

/** The files of a function: where each lies, by the path under which the function finds it. */
export function filesOf({ checkout }: BuildOutput, built: BuiltFunction): ReadonlyMap<string, string> {
  const files = new Map(
    Object.entries(built.filePathMap).map(([path, source]) => [path, join(checkout, source)] as const),
  );
  for (const name of readdirSync(built.folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(built.folder, name);
    if (name !== '.vc-config.json' && !lstatSync(file).isDirectory()) files.set(name, file);
  }
  return files;
}

/** How large a function is, unpacked, in bytes. */
export function sizeOf(output: BuildOutput, built: BuiltFunction): number {
  let bytes = 0;
  for (const file of filesOf(output, built).values())
    if (!lstatSync(file).isSymbolicLink()) bytes += statSync(file).size;
  return bytes;
}

/** Lays a function out alone in an empty folder, as the platform does: it reaches nothing that was not traced. */
export function layOut(output: BuildOutput, built: BuiltFunction, folder: string): void {
  for (const [path, file] of filesOf(output, built)) {
    const target = join(folder, path);
    if (relative(folder, target).startsWith('..'))
      throw new Error(`${built.name} has a file outside of itself: ${path}`);
    mkdirSync(dirname(target), { recursive: true });
    if (lstatSync(file).isSymbolicLink()) symlinkSync(readlinkSync(file), target);
    else if (lstatSync(file).isDirectory()) mkdirSync(target, { recursive: true });
    else copyFileSync(file, target);
  }
}
