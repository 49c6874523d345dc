import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { awaitEnd, commandOf, isAlive } from './is-alive';
import { withLock } from './lock';
import { dataPath } from './paths';
import { UserError, step } from './steps';

const noteSchema = z.object({
  pid: z.number(),
  url: z.string(),
  /** The processes that it ends with: npm, its shell, and whoever passes on their signals. */
  above: z.array(z.number()).default([]),
  /** The processes it has started and that end with it, besides the database. */
  below: z.array(z.number()).default([]),
  /** The folder of the build it serves, which another build leaves in its place. */
  build: z.string().nullable().default(null),
  ending: z.boolean().default(false),
});
type Note = z.infer<typeof noteSchema>;

/** How long an old start may take to end: its requests, its simulator, its database. */
const patienceMs = 45_000;

/** What the last start noted; nothing when there is no note, or half of one, or the machine was started since. */
function readNote(file: string): Note | null {
  try {
    if (statSync(file).mtimeMs < Date.now() - uptime() * 1_000) return null;
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function writeNote(file: string, note: Note): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(note), { mode: 0o600 });
  renameSync(draft, file);
}

/** Whether a process of ours lives: what has its id by now may be anything. Where the system does not tell, it is believed. */
const runs = (pid: number, program: RegExp): boolean => isAlive(pid) && program.test(commandOf(pid) ?? program.source);
// An earlier version's start has another name, and runs the checkout all the same.
const isStart = (pid: number): boolean => runs(pid, /scripts[\\/](start|start-main|dev-main)\.ts/);
const isBelow = (pid: number): boolean => runs(pid, /serve|simulator/);

/** A killed start's server and simulator see their pipe close and end by themselves; whoever does not is ended. */
async function endWhatIsLeft({ below }: Note): Promise<void> {
  for (const pid of below.filter(isBelow)) {
    if (await awaitEnd(pid, 12_000)) continue;
    process.kill(pid, 'SIGKILL');
    await awaitEnd(pid, 2_000);
  }
}

/** The processes this one ends with, as run.js found them. */
function launchers(): number[] {
  const known = (process.env['ROOMTONE_LAUNCHERS'] ?? '').split(',').map(Number);
  return [process.ppid, ...known.filter((pid) => pid > 0)];
}

type Attempt = { readonly owner: Note } | { readonly left: Note | null };

/** Takes the checkout when no living start has it. */
function attempt(name: string, url: string): Promise<Attempt> {
  const file = dataPath(`${name}.json`);
  return withLock(name, () => {
    const note = readNote(file);
    if (note !== null && note.pid !== process.pid && isStart(note.pid)) return { owner: note };
    // What the last one has left is this one's to wait for, and the next one's should this one be killed meanwhile.
    writeNote(file, {
      pid: process.pid,
      url,
      above: launchers(),
      below: note?.below ?? [],
      build: null,
      ending: false,
    });
    return { left: note };
  });
}

function refuse({ url, pid }: Note): never {
  throw new UserError(
    [
      `This copy of Roomtone runs already, at ${url} (process ${pid}). Stop it first, or use another copy with another PORT.`,
      'Several instances of one site are several copies, with the same APP_URL, DATABASE_URL and SESSION_SECRET: docs/deploy-server.md.',
    ].join('\n'),
  );
}

/** Whether a start is about to end: it says so, or somebody is gone whose end is its own. */
const isEnding = ({ ending, above }: Note): boolean => ending || !above.every(isAlive);

async function awaitOwner(name: string, url: string): Promise<Note | null> {
  const begun = Date.now();
  for (;;) {
    const next = await attempt(name, url);
    if ('left' in next) return next.left;
    if (!isEnding(next.owner)) refuse(next.owner);
    if (Date.now() - begun > patienceMs)
      throw new UserError(`The last start does not end (process ${next.owner.pid}). Stop it and start again.`);
    await delay(50);
  }
}

/** The folder of the build that a start of this checkout serves now; null when none runs. */
export function runningBuild(name = 'running'): string | null {
  const note = readNote(dataPath(`${name}.json`));
  return note !== null && isStart(note.pid) ? note.build : null;
}

/** Says which start runs the checkout: one at a time, because two would share a database that one of them stops. */
export class CheckoutLock {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  /**
   * Makes this process the one that runs the checkout, whatever the port. What an earlier start has left is waited for.
   *
   * @param url where it will be
   * @throws {UserError} while another start runs it
   */
  static async take(url: string, name = 'running'): Promise<CheckoutLock> {
    const first = await attempt(name, url);
    if ('owner' in first && !isEnding(first.owner)) refuse(first.owner);
    if ('owner' in first || first.left?.below.some(isBelow) === true) {
      await step('Waiting for the last start to end', async () => {
        const left = 'owner' in first ? await awaitOwner(name, url) : first.left;
        if (left !== null) await endWhatIsLeft(left);
      });
    }
    return new CheckoutLock(name);
  }

  /** Notes which processes run for this one, besides the database, and which build they serve. */
  noteBelow(pids: readonly number[], build: string | null): Promise<void> {
    return this.#change((note) => ({ ...note, below: [...pids], build }));
  }

  /** Says that this start is about to end: the next one may wait for it. */
  noteEnding(): Promise<void> {
    return this.#change((note) => ({ ...note, ending: true }));
  }

  /** Gives the checkout back. */
  release(): Promise<void> {
    return this.#change(() => null);
  }

  /** Another process's note stays as it is. */
  #change(next: (note: Note) => Note | null): Promise<void> {
    const file = dataPath(`${this.#name}.json`);
    return withLock(this.#name, () => {
      const note = readNote(file);
      if (note?.pid !== process.pid) return;
      const changed = next(note);
      if (changed === null) rmSync(file, { force: true });
      else writeNote(file, changed);
    });
  }
}
