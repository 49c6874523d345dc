import { z } from 'zod';
import { firstLine, startChild, stopChild } from './child';
import type { Variables } from '@/scripts/local/environment';
import { freePort } from '@/scripts/local/free-port';
import { compileProgram } from '@/scripts/local/compile-program.js';
import { dataPath } from '@/scripts/local/paths';

const readyLine = z.object({ url: z.string() });

export interface SimulatorProcessOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlSecret: string;
  readonly redirectUris: readonly string[];
  /** Taken when it is free. */
  readonly port?: number;
  /** Where logins and players outlive the simulator; without it they end with it. */
  readonly stateFile?: string;
}

export interface SimulatorProcess {
  readonly pid: number;
  readonly url: string;
  /** See {@link simulatorVariables}. */
  readonly variables: Variables;
  readonly controlSecret: string;
  stop(): Promise<void>;
}

/** What makes an app talk to the simulator at an address instead of the real Spotify. */
export function simulatorVariables(
  url: string,
  { clientId, clientSecret }: Pick<SimulatorProcessOptions, 'clientId' | 'clientSecret'>,
): Variables {
  return {
    SPOTIFY_CLIENT_ID: clientId,
    SPOTIFY_CLIENT_SECRET: clientSecret,
    SPOTIFY_ACCOUNTS_URL: url,
    SPOTIFY_API_URL: url,
    SPOTIFY_SIMULATED: '1',
  };
}

/** Starts the stand-in Spotify as a process of its own. */
export async function startSimulatorProcess(options: SimulatorProcessOptions): Promise<SimulatorProcess> {
  const program = dataPath('programs', 'simulator.js');
  compileProgram('simulator/main.ts', program);
  const child = startChild({
    args: [program, '--exit-with-parent'],
    env: {
      PATH: process.env['PATH'] ?? '',
      SIMULATOR_PORT: String(await freePort(options.port)),
      SIMULATOR_CLIENT_ID: options.clientId,
      SIMULATOR_CLIENT_SECRET: options.clientSecret,
      SIMULATOR_REDIRECT_URIS: options.redirectUris.join(','),
      SIMULATOR_CONTROL_SECRET: options.controlSecret,
      ...(options.stateFile === undefined ? {} : { SIMULATOR_STATE_FILE: options.stateFile }),
    },
    stderr: 'inherit',
  });
  const { url } = await firstLine(child, readyLine, 20_000);
  // Nobody reads what it may say later, but the pipe must not fill.
  child.stdout?.resume();
  return {
    pid: child.pid ?? 0,
    url,
    variables: simulatorVariables(url, options),
    controlSecret: options.controlSecret,
    stop: () => stopChild(child),
  };
}
