import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exportState, importState } from './state';
import type { World } from './world';

/** Writes what a restart needs, atomically: a kill in the middle leaves the old file. */
export function saveState(world: World, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, exportState(world), { mode: 0o600 });
  renameSync(temporary, path);
}

/** Reads what `saveState` wrote. A missing or unreadable file leaves the initial state. */
export function loadState(world: World, path: string): void {
  importState(world, readFile(path));
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
