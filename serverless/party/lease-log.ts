import type pg from 'pg';

interface Entry {
  readonly at: Date;
  readonly until: Date;
  readonly instance: string;
}

/** Who had a room's lease, and when. */
export interface LeaseLog {
  /** For how many seconds instances of each function had a lease, by its short name. */
  seconds(): Promise<ReadonlyMap<string, number>>;
  /** Functions that ever took or renewed one since a time. */
  holders(since?: Date): Promise<readonly string[]>;
}

/** Writes down, in the database itself, every taking and renewing of a lease, with the instance whose connection it was. */
export async function openLeaseLog(database: pg.Pool): Promise<LeaseLog> {
  await database.query(`
    CREATE SCHEMA lab;
    CREATE TABLE lab.lease (
      "at" timestamptz NOT NULL DEFAULT clock_timestamp(), "until" timestamptz NOT NULL, "room" uuid NOT NULL, "instance" text NOT NULL
    );
    CREATE FUNCTION lab.note_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO lab.lease ("until", "room", "instance")
      VALUES (NEW."expiresAt", NEW."roomId", coalesce(current_setting('lab.instance', true), ''));
      RETURN NULL;
    END $$;
    CREATE TRIGGER lab_note_lease AFTER INSERT OR UPDATE ON "WatchLease" FOR EACH ROW EXECUTE FUNCTION lab.note_lease();
  `);
  const read = async (since: Date): Promise<readonly Entry[]> => {
    const { rows } = await database.query<Entry>(
      `SELECT "at", "until", split_part("instance", '#', 1) AS "instance" FROM lab.lease WHERE "at" >= $1 ORDER BY "at"`,
      [since],
    );
    return rows;
  };
  const ever = new Date(0);
  return {
    seconds: async () => {
      const entries = await read(ever);
      const seconds = new Map<string, number>();
      for (const [index, { at, until, instance }] of entries.entries()) {
        const end = Math.min(until.getTime(), entries[index + 1]?.at.getTime() ?? Date.now());
        const held = Math.max(0, end - at.getTime()) / 1_000;
        seconds.set(instance, (seconds.get(instance) ?? 0) + held);
      }
      return seconds;
    },
    holders: async (since = ever) => {
      // A release is no holding.
      const held = (await read(since)).filter(({ at, until }) => until > at).map(({ instance }) => instance);
      return [...new Set(held)].toSorted();
    },
  };
}
