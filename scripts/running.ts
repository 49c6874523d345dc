import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isAlive } from './is-alive';
import { dataPath } from './paths';
import { PlainFailure } from './steps';

const noteSchema = z.object({ pid: z.number(), url: z.string() });

const file = (): string => dataPath('running.json');

/** What the last start noted; nothing when there is no note, or half of one. */
function readNote(): z.infer<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return null;
  }
}

async function answersHealth(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Refuses a second start of the same checkout while the first one serves: they would share a database that the first one stops.
 *
 * @throws {PlainFailure}
 */
export async function requireNotRunning(): Promise<void> {
  const note = readNote();
  if (note === null || !isAlive(note.pid) || !(await answersHealth(note.url))) return;
  throw new PlainFailure(
    `This copy of Roomtone runs already, at ${note.url} (process ${note.pid}). Stop it first, or use another copy with another PORT.`,
  );
}

/** Notes where this start serves. */
export function noteRunning(url: string): void {
  writeFileSync(file(), JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
}

/** Forgets it. */
export function forgetRunning(): void {
  rmSync(file(), { force: true });
}
