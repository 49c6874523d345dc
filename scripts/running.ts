import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { dataPath } from './paths';
import { PlainFailure } from './steps';

const noteSchema = z.object({ pid: z.number(), url: z.string() });

const file = (): string => dataPath('running.json');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
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
  if (!existsSync(file())) return;
  const note = noteSchema.safeParse(JSON.parse(readFileSync(file(), 'utf8')));
  if (!note.success || !isAlive(note.data.pid) || !(await answersHealth(note.data.url))) return;
  throw new PlainFailure(
    `This copy of Roomtone runs already, at ${note.data.url} (process ${note.data.pid}). Stop it first, or use another copy with another PORT.`,
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
