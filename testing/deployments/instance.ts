import { freePort } from '@/scripts/local/free-port';
import { loadSecrets } from '@/scripts/local/secrets';
import { startServerProcess } from '@/scripts/processes/server-process';
import type { Variables } from '@/scripts/local/environment';

export interface InstanceOptions {
  readonly databaseUrl: string;
  /** What makes the app talk to a simulator; see {@link SimulatorProcess}. */
  readonly spotify: Variables;
  readonly port?: number;
  /** The address browsers use; by default this instance's own. Several instances of one deployment share it. */
  readonly appUrl?: string;
  readonly variables?: Variables;
  /** Options of Node's own. */
  readonly nodeOptions?: readonly string[];
}

/** A running instance of the built app. */
export interface Instance {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, however it ended. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts an instance of the built app on a free port, on this machine only. Several may share one database: for the end-to-end, fault and
 * benchmark programs.
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const server = await startServerProcess(
    {
      PATH: process.env['PATH'] ?? '',
      SESSION_SECRET: loadSecrets().sessionSecret,
      DATABASE_URL: options.databaseUrl,
      APP_URL: options.appUrl ?? url,
      PORT: String(port),
      HOST: '127.0.0.1',
      ...options.spotify,
      ...options.variables,
    },
    { quiet: process.env['INSTANCE_LOG'] !== '1', nodeOptions: options.nodeOptions ?? [] },
  );
  return { url, pid: server.pid, ended: server.ended, stop: () => server.stop() };
}
