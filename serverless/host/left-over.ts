import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, isAlive } from '@/scripts/local/is-alive';
import { dataPath } from '@/scripts/local/paths';

/** Process ids of instances that run, in a file per host: a frozen process does not notice that its host was killed. */
const folder = (): string => dirname(dataPath('serverless', 'instances', 'x'));

const running = new Set<number>();

function write(): void {
  const file = join(folder(), String(process.pid));
  if (running.size === 0) rmSync(file, { force: true });
  else writeFileSync(file, [...running].join('\n'));
}

function killAll(): void {
  for (const pid of running) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** Remembers an instance until it has ended; none outlives this process. */
export function noteInstance(pid: number): void {
  if (running.size === 0) process.once('exit', killAll);
  running.add(pid);
  write();
}

export function forgetInstance(pid: number): void {
  running.delete(pid);
  if (running.size === 0) process.off('exit', killAll);
  write();
}

/** Whether a process is an instance and not another one that has got its number. */
const isInstance = (pid: number): boolean =>
  commandOf(pid)?.includes(join('serverless', 'instance', 'main.ts')) ?? false;

/** Ends instances whose host was killed. */
export function endLeftOver(): void {
  if (!existsSync(folder())) mkdirSync(folder(), { recursive: true });
  for (const name of readdirSync(folder())) {
    if (isAlive(Number(name))) continue;
    for (const pid of readFileSync(join(folder(), name), 'utf8').split('\n').map(Number)) {
      if (pid > 0 && isAlive(pid) && isInstance(pid)) process.kill(pid, 'SIGKILL');
    }
    rmSync(join(folder(), name));
  }
}
