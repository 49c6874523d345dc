import 'server-only';
import { queryPrepared } from './connection/prepared';

/** A paired screen as its stream needs it. */
export interface PairedScreen {
  readonly id: string;
  readonly roomId: string | null;
  /** The hash of the cookie that names the screen's session now, in hexadecimal. */
  readonly cookieHash: string;
}

/** Notes that these screens are on. */
export async function noteScreensSeen(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queryPrepared({
    name: 'note-screens-seen',
    text: `
      WITH seen AS (UPDATE "Screen" SET "lastSeenAt" = now() WHERE "id" = ANY($1::uuid[]) RETURNING "sessionId")
      UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" IN (SELECT "sessionId" FROM seen)`,
    values: [ids],
  });
}

/** These screens as they are now; one that is gone is not among them. */
export async function findScreensById(ids: readonly string[]): Promise<readonly PairedScreen[]> {
  return queryPrepared<PairedScreen>({
    name: 'screens-by-id',
    text: `SELECT c."id", c."roomId", encode(s."tokenHash", 'hex') AS "cookieHash"
           FROM "Screen" c JOIN "Session" s ON s."id" = c."sessionId" WHERE c."id" = ANY($1::uuid[])`,
    values: [ids],
  });
}
