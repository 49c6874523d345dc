import { join } from 'node:path';
import { z } from 'zod';
import { firstLine, startChild, stopChild } from './child';
import { currentBuild } from '@/scripts/local/builds';
import type { Variables } from '@/scripts/local/environment';
import { root } from '@/scripts/local/paths';
import { betweenLines, UserError } from '@/scripts/local/steps';

/** What the server says of itself, and nothing else: the app inside of it logs to the same stream. */
const readyLine = z.union([z.strictObject({ port: z.number() }), z.strictObject({ error: z.string() })]);

export interface ServerOptions {
  readonly dev?: boolean;
  readonly quiet?: boolean;
  readonly nodeOptions?: readonly string[];
  /** What must be there before the first request; the server readies itself meanwhile. */
  readonly listenAfter?: Promise<unknown>;
}

export interface ServerProcess {
  readonly pid: number;
  /** The folder of the build that it serves; null where it serves the sources. */
  readonly build: string | null;
  /** Resolves with the exit code when the server ends, however it ends. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/**
 * Serves the current build (or, with `dev`, the sources) as a process of its own and waits until it listens. What is built later does not
 * touch it.
 *
 * @throws {UserError} when there is no build, the port is taken or the configuration is wrong
 */
export async function startServerProcess(
  variables: Variables,
  { dev = false, quiet = false, nodeOptions = [], listenAfter }: ServerOptions = {},
): Promise<ServerProcess> {
  const build = dev ? null : currentBuild();
  if (!dev && build === null) throw new UserError('There is no build yet. Make one with: npm run build');
  const program =
    build === null
      ? ['--conditions=react-server', '--import', 'tsx', join(root, 'server', 'serve.ts'), '--dev']
      : [join(build, 'serve.js')];
  const child = startChild({
    args: [...nodeOptions, ...program, '--until-stdin-ends', ...(listenAfter ? ['--wait'] : [])],
    env: { ...variables, NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stderr: quiet ? 'ignore' : 'pipe',
  });
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  listenAfter?.then(
    () => child.stdin?.write('listen\n'),
    () => child.kill(),
  );
  // What the app logs, and Next prints, is passed on, so that the pipes never fill; not in the middle of what the start says itself.
  const passOn = (text: Buffer | string): void => {
    if (!quiet) betweenLines(() => void process.stdout.write(text));
  };
  child.stderr?.on('data', (text: Buffer) => betweenLines(() => void process.stderr.write(text)));
  const ready = await firstLine(child, readyLine, 60_000, passOn).catch((error: unknown) => {
    throw new UserError(`The server did not start. ${error instanceof Error ? error.message : ''}`);
  });
  if ('error' in ready) throw new UserError(ready.error);
  child.stdout?.on('data', passOn);
  return { pid: child.pid ?? 0, build, ended, stop: () => stopChild(child) };
}
