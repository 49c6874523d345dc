import pg from 'pg';
import { readVariables } from '@/scripts/local/environment';
import { type Cluster, ensureDatabase, startCluster } from '@/scripts/local/embedded-postgres';
import { isAlive } from '@/scripts/local/is-alive';
import { migrationsHash } from '@/scripts/database/migration-files';
import { applyMigrations } from '@/scripts/database/migrations';
import { loadSecrets } from '@/scripts/local/secrets';

/** The PostgreSQL server that tests make their databases on. */
export interface TestServer {
  /** Where databases are made and dropped. */
  readonly adminUrl: string;
  url(database: string): string;
  /** Stops it when it is this checkout's own and no other run uses it. */
  stop(): Promise<void>;
}

const ownCluster = 'test-postgres';

function onServer(serverUrl: string): (database: string) => string {
  return (database) => {
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    return url.href;
  };
}

/** The server that `DATABASE_URL` names, beside whose databases new ones are made; without it a cluster of this checkout's own, which
 * runs for `holder` until that one ends or stops it. */
export async function openTestServer(holder = process.pid): Promise<TestServer> {
  const given = readVariables()['DATABASE_URL'];
  if (given !== undefined) return { adminUrl: given, url: onServer(given), stop: () => Promise.resolve() };
  const { databasePassword: password } = loadSecrets();
  const cluster = await startCluster({ name: ownCluster, password, disposable: true, holder });
  return serverOf(cluster);
}

/** A cluster as tests use it. */
export function serverOf(cluster: Cluster): TestServer {
  return {
    adminUrl: cluster.url('postgres'),
    url: (database) => cluster.url(database),
    stop: () => cluster.stop(),
  };
}

async function withServer<T>(server: TestServer, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Which PostgreSQL it is. */
export function serverVersion(server: TestServer): Promise<string> {
  return withServer(server, async (client) => {
    const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS "version"`);
    return rows[0]?.version ?? 'unknown';
  });
}

const prefix = 'roomtone_test_';

async function databasesOf(client: pg.Client, belongs: (runId: number) => boolean): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS "name" FROM pg_database WHERE datname LIKE '${prefix}%'`,
  );
  return rows.map(({ name }) => name).filter((name) => belongs(Number(name.slice(prefix.length).split('_')[0])));
}

async function drop(client: pg.Client, names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
}

/** A migrated database to copy from; made once per state of the migrations. */
async function ensureTemplate(server: TestServer, client: pg.Client): Promise<string> {
  const template = `roomtone_template_${migrationsHash()}`;
  await client.query('SELECT pg_advisory_lock(7266868374)');
  const { rows } = await client.query<{ ready: boolean }>(
    'SELECT datistemplate AS "ready" FROM pg_database WHERE datname = $1',
    [template],
  );
  if (rows[0]?.ready !== true) {
    // Without its mark it is half of one, left by a run that was killed.
    await drop(client, [template]);
    await ensureDatabase(server.url('postgres'), template);
    await applyMigrations({ url: server.url(template), ca: null });
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(template)} WITH IS_TEMPLATE true`);
  }
  await client.query('SELECT pg_advisory_unlock(7266868374)');
  return template;
}

/**
 * Makes migrated, empty databases for one run of tests; what runs that were killed left is dropped.
 *
 * @param runId a process that lives as long as the run
 * @returns their addresses
 */
export function createTestDatabases(
  server: TestServer,
  runId: number,
  labels: readonly string[],
): Promise<readonly string[]> {
  return withServer(server, async (client) => {
    await drop(client, await databasesOf(client, (id) => !isAlive(id)));
    const template = await ensureTemplate(server, client);
    const names = labels.map((label) => `${prefix}${runId}_${label}`);
    for (const name of names) {
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(template)}`,
      );
    }
    return names.map((name) => server.url(name));
  });
}

/** Drops the databases of a run. */
export function dropTestDatabases(server: TestServer, runId: number): Promise<void> {
  return withServer(server, async (client) => drop(client, await databasesOf(client, (id) => id === runId)));
}
