import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseFull } from '@/lib/server/runtime/database-errors';

/** Between two tries to connect to a database that is full, in ms; each wait is somewhere in between, so that instances do not try together. */
const shortestWaitMs = 25;
const longestWaitMs = 125;

/** Later than this after the end of its idle time, in ms, nobody was awake to close a connection. */
const overdueMs = 1_000;

/** What `pg` calls, for its own `query` too. */
type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/** The client, or `failure` at `deadline`; one that comes later is given back. */
async function before(deadline: number, connecting: Promise<pg.PoolClient>, failure: unknown): Promise<pg.PoolClient> {
  const waiting = new AbortController();
  const late = delay(Math.max(0, deadline - Date.now()), null, { signal: waiting.signal, ref: false });
  try {
    const client = await Promise.race([connecting, late]);
    if (client !== null) return client;
    connecting.then(
      (found) => found.release(),
      () => undefined,
    );
    throw failure;
  } finally {
    late.catch(() => undefined);
    waiting.abort();
  }
}

/** Passes what became of a connection on to a callback. */
async function tell(connecting: Promise<pg.PoolClient>, callback: Connected): Promise<void> {
  let client: pg.PoolClient;
  try {
    client = await connecting;
  } catch (error) {
    // As it is, with its code: only errors are thrown here.
    return callback(error as Error, undefined, () => undefined);
  }
  callback(undefined, client, (release) => client.release(release));
}

/**
 * A pool that fits where many small instances share few connections, and are frozen between requests.
 *
 * - Refused because the database is full, it tries again until the time is over that a request waits for a connection at most: others give
 *   theirs back as soon as they are idle.
 * - A connection that rested longer than any may was frozen with its process: whether the server still has it, nobody knows, and finding out
 *   would cost a request its time limit. It is closed unused, and another takes its place.
 */
export class PatientPool extends pg.Pool {
  readonly #idleMs: number;
  readonly #patienceMs: number;
  readonly #restingSince = new WeakMap<pg.PoolClient, number>();

  /** @param config with `idleTimeoutMillis` and `connectionTimeoutMillis`, for which requests wait at most */
  constructor(
    config: pg.PoolConfig & { readonly idleTimeoutMillis: number; readonly connectionTimeoutMillis: number },
  ) {
    super(config);
    this.#idleMs = config.idleTimeoutMillis;
    this.#patienceMs = config.connectionTimeoutMillis;
    this.on('release', (_error, client) => this.#restingSince.set(client, Date.now()));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const connecting = this.#connectPatiently();
    if (callback === undefined) return connecting;
    void tell(connecting, callback);
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    const deadline = Date.now() + this.#patienceMs;
    // The pool itself limits the first wait; those after it have what is left of the time.
    let connecting = super.connect();
    // As the pool says it itself.
    let failure: unknown = new Error('timeout exceeded when trying to connect');
    for (;;) {
      try {
        const client = await connecting;
        if (!this.#isOverdue(client)) return client;
        client.release(true);
      } catch (error) {
        const waitMs = shortestWaitMs + Math.random() * (longestWaitMs - shortestWaitMs);
        if (!isDatabaseFull(error) || Date.now() + waitMs > deadline) throw error;
        failure = error;
        await delay(waitMs);
      }
      connecting = before(deadline, super.connect(), failure);
    }
  }

  #isOverdue(client: pg.PoolClient): boolean {
    const since = this.#restingSince.get(client);
    return since !== undefined && Date.now() - since > this.#idleMs + overdueMs;
  }
}
