import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { root } from '@/scripts/local/paths';

export interface ChildOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its standard error goes. */
  readonly stderr: 'inherit' | 'ignore' | 'pipe' | number;
}

/**
 * Starts a Node program of ours, compiled or with what loads it. It gets a pipe as standard input, which closes when this process ends, however it ends; then the
 * program ends too. It is in a process group of its own, so that Ctrl-C reaches only this process, which stops its children in order.
 */
export function startChild({ args, env, stderr }: ChildOptions): ChildProcess {
  return spawn(process.execPath, [...args], {
    cwd: root,
    env: { NODE_ENV: 'production', ...env },
    detached: true,
    stdio: ['pipe', 'pipe', stderr],
  });
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/**
 * The first line of JSON on a child's standard output that has the form it is waited for in; what else it prints before, a log's lines for
 * instance, goes to `others`. Rejects when it ends or is silent for too long.
 */
export function firstLine<T>(
  child: ChildProcess,
  form: z.ZodType<T>,
  timeoutMs: number,
  others: (text: string) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('A program of ours said nothing in time.')), timeoutMs);
    const ended = (): void => reject(new Error('A program of ours ended while it started.'));
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
        const line = text.slice(0, end + 1);
        text = text.slice(end + 1);
        const parsed = form.safeParse(readJson(line));
        if (!parsed.success) {
          others(line);
          continue;
        }
        clearTimeout(timer);
        child.off('exit', ended).stdout?.off('data', hear);
        if (text !== '') others(text);
        return resolve(parsed.data);
      }
    };
    child.once('exit', ended);
    child.stdout?.on('data', hear);
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
