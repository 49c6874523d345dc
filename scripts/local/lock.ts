import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './is-alive';
import { dataPath } from './paths';
import { UserError } from './steps';

/** Longer than anything but a build takes that is done under a lock. */
const usualPatienceMs = 90_000;

/** The process that holds a lock; null when nobody does. */
function readHolder(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return null;
  }
}

/** Takes the lock away from a process that was killed with it. */
function dropDead(file: string, holder: number): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    // Somebody else was faster.
    return;
  }
  // Between the look and the renaming somebody living may have taken it: it is given back.
  if (readHolder(aside) !== holder) {
    try {
      linkSync(aside, file);
    } catch {
      // And somebody else again has it by now: the first one finds out when it lets go, and both have waited for the dead one only.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Does `work` while no other process of this checkout does anything under the same name. A process that is killed holds nothing.
 *
 * @throws {UserError} when another process holds the lock for longer than anything takes
 */
export async function withLock<T>(name: string, work: () => Promise<T> | T, patienceMs = usualPatienceMs): Promise<T> {
  const file = dataPath(`${name}.lock`);
  const own = `${process.pid} ${randomUUID()}`;
  const draft = `${file}.${randomUUID()}`;
  // Whole from the first moment, or a reader would take a half-written one for a dead one.
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    const begun = Date.now();
    for (;;) {
      try {
        linkSync(draft, file);
        break;
      } catch {
        const holder = readHolder(file);
        if (holder !== null && !isAlive(holder)) dropDead(file, holder);
        else if (holder !== null && Date.now() - begun > patienceMs)
          throw new UserError(`Process ${holder} holds ${file} for too long. Stop it and start again.`);
        else await delay(20);
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    if (readFileSync(file, 'utf8') === own) rmSync(file, { force: true });
  }
}
