import pg from 'pg';

export interface RoomRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly votesToSkip: number;
  readonly guestsCanPause: boolean;
  readonly playId: string | null;
  readonly hostSessionId: string;
}

export interface PlayRecord {
  readonly id: string;
  readonly trackUri: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly skipState: 'calling' | 'done' | null;
}

export interface LeaseRecord {
  readonly holder: string;
  readonly fence: number;
  readonly live: boolean;
}

export interface TokenRecord {
  readonly version: number;
  readonly refreshHolder: string | null;
  /** Whether somebody's claim to refresh it still counts. */
  readonly claimed: boolean;
  readonly grantEnded: boolean;
}

/** What the database says, read past the app. */
export class Records {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'fault tests' });
    // Faults end connections, this one's too; the pool opens another.
    this.#pool.on('error', () => undefined);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** A connection of one's own, for holding locks. */
  connect(): Promise<pg.PoolClient> {
    return this.#pool.connect();
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#pool.query<Row>(text, [...values])).rows;
  }

  /** How many statements of the app that contain these words wait for a lock. */
  async waitingForLocks(words: string): Promise<number> {
    const rows = await this.rows(
      `SELECT 1 FROM pg_stat_activity WHERE "datname" = current_database() AND "application_name" = 'roomtone'
         AND "wait_event_type" = 'Lock' AND strpos("query", $1) > 0`,
      [words],
    );
    return rows.length;
  }

  async #one<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row> {
    const [row] = await this.rows<Row>(text, values);
    if (row === undefined) throw new Error(`There is no row for: ${text}`);
    return row;
  }

  room(code: string): Promise<RoomRecord> {
    return this.#one<RoomRecord & pg.QueryResultRow>(
      `SELECT "id", "name", "version", "votesToSkip", "guestsCanPause", "playId", "hostSessionId" FROM "Room" WHERE "code" = $1`,
      [code],
    );
  }

  plays(roomId: string): Promise<readonly PlayRecord[]> {
    return this.rows<PlayRecord & pg.QueryResultRow>(
      `SELECT "id", "trackUri", "startedAt", "endedAt", "skipState" FROM "Play" WHERE "roomId" = $1 ORDER BY "startedAt"`,
      [roomId],
    );
  }

  async play(roomId: string, playId: string): Promise<PlayRecord> {
    const found = (await this.plays(roomId)).find(({ id }) => id === playId);
    if (found === undefined) throw new Error('There is no such play.');
    return found;
  }

  async lease(roomId: string): Promise<LeaseRecord | null> {
    const rows = await this.rows<LeaseRecord & pg.QueryResultRow>(
      `SELECT "holder", "fence", "expiresAt" > clock_timestamp() AS "live" FROM "WatchLease" WHERE "roomId" = $1`,
      [roomId],
    );
    return rows[0] ?? null;
  }

  token(sessionId: string): Promise<TokenRecord> {
    return this.#one<TokenRecord & pg.QueryResultRow>(
      `SELECT "version", "refreshHolder", coalesce("refreshLeaseUntil" > clock_timestamp(), false) AS "claimed",
              "grantEndedAt" IS NOT NULL AS "grantEnded"
       FROM "SpotifyToken" WHERE "sessionId" = $1`,
      [sessionId],
    );
  }

  async votes(playId: string): Promise<readonly string[]> {
    const rows = await this.rows<{ memberId: string }>(
      `SELECT "memberId" FROM "SkipVote" WHERE "playId" = $1 ORDER BY "memberId"`,
      [playId],
    );
    return rows.map(({ memberId }) => memberId);
  }

  /** Ends connections of the app whose name is like that. @returns how many there were */
  async endConnections(name: string): Promise<number> {
    const rows = await this.rows(
      `SELECT pg_terminate_backend("pid") FROM pg_stat_activity
       WHERE "datname" = current_database() AND "application_name" LIKE $1`,
      [name],
    );
    return rows.length;
  }
}
