import { join } from 'node:path';
import { currentBuild } from '@/scripts/local/builds';
import { type Program, startProgram } from '@/testing/deployments/program';

/** A server that nothing of ours holds. */
export interface ServerAlone extends Program {
  readonly url: string;
}

/** Starts the server as systemd and containers do: by itself, and somewhere else. */
export function startAlone(env: Readonly<Record<string, string>>, args: readonly string[] = []): ServerAlone {
  const program = startProgram([join(currentBuild() ?? '', 'serve.js'), ...args], { cwd: '/', env });
  return { ...program, url: `http://127.0.0.1:${env['PORT']}` };
}
