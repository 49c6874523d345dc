import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '@/scripts/local/paths';

export interface ChildOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its standard error goes. */
  readonly stderr: 'inherit' | 'ignore' | number;
}

/**
 * Starts a Node program of ours. It gets a pipe as standard input, which closes when this process ends, however it ends; then the
 * program ends too. It is in a process group of its own, so that Ctrl-C reaches only this process, which stops its children in order.
 */
export function startChild({ args, env, stderr }: ChildOptions): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: root,
    env: { NODE_ENV: 'production', ...env },
    detached: true,
    stdio: ['pipe', 'pipe', stderr],
  });
}

/** The first line of JSON that a child prints; libraries may print before it. Rejects when it ends or is silent for too long. */
export function firstLine(child: ChildProcess, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('A program of ours said nothing in time.')), timeoutMs);
    const ended = (): void => reject(new Error('A program of ours ended while it started.'));
    child.once('exit', ended);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const line = /^(\{.*)\n/m.exec(text)?.[1];
      if (line === undefined) return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(line);
    });
  });
}

/** Ends a child: asks, waits, and then insists. */
export async function stopChild(child: ChildProcess, patienceMs = 12_000): Promise<void> {
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (gone()) return;
  child.kill('SIGTERM');
  for (let waited = 0; waited < patienceMs && !gone(); waited += 25) await delay(25);
  if (!gone()) child.kill('SIGKILL');
}
