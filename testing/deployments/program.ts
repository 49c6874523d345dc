import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stopChild } from '@/scripts/processes/child';
import { until } from '@/testing/until';

export interface Ended {
  readonly code: number;
  /** Both outputs, as they came. */
  readonly output: string;
}

/** A program of Node's that was started without standard input, as units and containers do it. */
export interface Program {
  readonly child: ChildProcess;
  /** What it has printed so far, on both outputs. */
  readonly output: () => string;
  /** The same, each output by itself. */
  readonly written: { readonly out: () => string; readonly err: () => string };
  readonly ended: Promise<Ended>;
}

const running = new Set<ChildProcess>();

/** Starts a program with nothing in its environment but what is given, and the way to other programs. */
export function startProgram(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Program {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [output, out, err] = ['', '', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    output += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return { code: Number(code ?? -1), output };
  });
  return { child, output: () => output, written: { out: () => out, err: () => err }, ended };
}

/** Ends what still runs, after a test that failed: else nobody would, and the tests' own process would wait for it. */
export async function endPrograms(): Promise<void> {
  await Promise.all([...running].map((child) => stopChild(child)));
}

/** Waits until a server says that it listens. Fails when it has ended. */
export async function listening({ child, output }: Program): Promise<void> {
  await until(() => output().includes('{"port":') || child.exitCode !== null);
  assert.equal(child.exitCode, null, output());
}

/** All that a server needs to be told: what a unit's file or a container's environment says. */
export function siteVariables(databaseUrl: string, port: number): Readonly<Record<string, string>> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    APP_URL: `http://127.0.0.1:${port}`,
    SESSION_SECRET: 'a-secret-of-this-run-only-which-is-long-enough',
    SPOTIFY_CLIENT_ID: 'a-site',
    SPOTIFY_CLIENT_SECRET: 'a-site',
  };
}
