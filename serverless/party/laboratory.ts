import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Variables } from '@/scripts/local/environment';
import { freePort } from '@/scripts/local/free-port';
import { type SimulatorProcess, startSimulatorProcess } from '@/scripts/processes/simulator-process';
import { type ControlClient, createControlClient } from '@/simulator/control-client';
import { startTcpProxy, type TcpProxy } from '@/testing/deployments/tcp-proxy';
import {
  createTestDatabases,
  dropTestDatabases,
  openTestServer,
  type TestServer,
} from '@/testing/deployments/test-server';
import { Person } from '@/testing/people/person';
import { findTools } from '@/serverless/build/tools';
import { platformVariables } from '@/serverless/build/vercel-build';
import { certificateFile } from '@/serverless/host/certificate-file';
import { Host } from '@/serverless/host/host';
import type { Platform } from '@/serverless/host/platform';
import { readBuildOutput } from '@/serverless/output/build-output';
import { type LeaseLog, openLeaseLog } from './lease-log';

export interface LaboratoryOptions {
  readonly label: string;
  readonly platform?: Partial<Platform>;
  readonly variables?: Variables;
}

/** The output of the platform's build that scripts/serverless-main.ts made. */
export function builtOutput(): ReturnType<typeof readBuildOutput> {
  const folder = process.env['SERVERLESS_OUTPUT'];
  if (folder === undefined) throw new Error('Run this with: npm run test:serverless');
  return readBuildOutput(folder);
}

/** A name that fits into a setting of a database connection: `events#1` of `api/rooms/[code]/events#1`. */
export function shortName(instance: string): string {
  const [path = '', number = ''] = instance.split('#');
  const words = path.split('/').filter((part) => /^[\w-]+$/.test(part));
  return `${words.at(-1) ?? 'root'}#${number}`;
}

/**
 * The app as the platform runs it, with a simulated Spotify and a database of its own, which each instance reaches by a way of its own that
 * can be cut.
 */
export class Laboratory {
  readonly host: Host;
  readonly control: ControlClient;
  readonly database: pg.Pool;
  readonly leases: LeaseLog;
  /** What instances printed. */
  readonly output: string[];
  readonly #server: TestServer;
  readonly #simulator: SimulatorProcess;
  readonly #proxies: readonly TcpProxy[];

  private constructor(parts: {
    readonly host: Host;
    readonly server: TestServer;
    readonly simulator: SimulatorProcess;
    readonly database: pg.Pool;
    readonly leases: LeaseLog;
    readonly proxies: readonly TcpProxy[];
    readonly output: string[];
  }) {
    this.host = parts.host;
    this.control = createControlClient(parts.simulator);
    this.database = parts.database;
    this.leases = parts.leases;
    this.output = parts.output;
    this.#server = parts.server;
    this.#simulator = parts.simulator;
    this.#proxies = parts.proxies;
  }

  static async start({ label, platform = {}, variables = {} }: LaboratoryOptions): Promise<Laboratory> {
    const server = await openTestServer();
    const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [label]);
    const database = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'laboratory' });
    database.on('error', () => undefined);
    const leases = await openLeaseLog(database);
    const port = await freePort();
    const url = `https://127.0.0.1:${port}`;
    const simulator = await startSimulatorProcess({
      clientId: 'test-client',
      clientSecret: 'test-client-secret',
      controlSecret: 'test-control-secret',
      redirectUris: [`${url}/api/spotify/callback`],
    });
    // Instances of two deployments have the same names.
    const proxies: TcpProxy[] = [];
    const output: string[] = [];
    const host = await Host.start({
      output: builtOutput(),
      node: findTools().node,
      certificate: {
        cert: readFileSync(certificateFile('cert'), 'utf8'),
        key: readFileSync(certificateFile('key'), 'utf8'),
      },
      port,
      platform,
      variables: {
        ...platformVariables('production'),
        NODE_ENV: 'production',
        TZ: ':UTC',
        NODE_EXTRA_CA_CERTS: certificateFile('cert'),
        APP_URL: url,
        SESSION_SECRET: randomBytes(32).toString('base64'),
        SPOTIFY_CLIENT_ID: 'test-client',
        SPOTIFY_CLIENT_SECRET: 'test-client-secret',
        SPOTIFY_ACCOUNTS_URL: simulator.url,
        SPOTIFY_API_URL: simulator.url,
        // Everybody here comes from one address, and the day's budget is not what is tested.
        RATE_LIMIT_FACTOR: '1000',
        SPOTIFY_CALLS_PER_DAY: '1000000',
        ...variables,
      },
      instanceVariables: async (instance) => {
        const name = shortName(instance);
        const own = new URL(databaseUrl);
        const proxy = await startTcpProxy(Number(own.port));
        proxies.push(proxy);
        own.port = String(proxy.port);
        own.hostname = '127.0.0.1';
        // Every connection says whose it is, for the log of leases.
        own.searchParams.set('options', `-c lab.instance=${name}`);
        return { DATABASE_URL: own.href };
      },
      onOutput: (instance, text) => {
        output.push(`${shortName(instance)}: ${text}`);
        if (process.env['INSTANCE_LOG'] === '1') process.stderr.write(`${shortName(instance)}: ${text}`);
      },
    });
    return new Laboratory({ host, server, simulator, database, leases, proxies, output });
  }

  newPerson(): Person {
    return new Person(this.host.url);
  }

  /** Ends every connection of every instance to the database, as its restart does. @returns how many there were */
  cutConnections(): number {
    return this.#proxies.reduce((total, proxy) => total + proxy.cut(), 0);
  }

  /** The network forgets every connection to the database that is open now, and tells nobody. */
  forgetConnections(): void {
    for (const proxy of this.#proxies) proxy.freeze();
  }

  /** Connections of the app to the database, now. */
  async connections(): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS "count" FROM pg_stat_activity
       WHERE "datname" = current_database() AND "application_name" LIKE 'roomtone%'`,
    );
    return rows[0]?.count ?? 0;
  }

  async stop(): Promise<void> {
    await this.host.stop();
    await Promise.all(this.#proxies.map((proxy) => proxy.stop()));
    await this.#simulator.stop();
    await this.database.end();
    await dropTestDatabases(this.#server, process.pid);
    await this.#server.stop();
  }
}
