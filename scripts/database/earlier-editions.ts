/** A migration as it once was, on databases that were made then. */
export interface EarlierEdition {
  readonly checksum: string;
  /** Leads from what that edition made to what today's makes; may be run again without harm. */
  readonly sql: string;
}

const waitsForApprovalAgain = `
ALTER TABLE "QueueItem" ADD COLUMN IF NOT EXISTS "wasPending" BOOLEAN NOT NULL DEFAULT false;`;

/** Numbers in the order in which the rows were made, from which they were read before. */
const numberedSubmissions = `
ALTER TABLE "HandOver" ADD COLUMN IF NOT EXISTS "number" SERIAL NOT NULL;
UPDATE "HandOver" h SET "number" = o."number"
FROM (SELECT "id", row_number() OVER (ORDER BY "createdAt", "id") AS "number" FROM "HandOver") o
WHERE o."id" = h."id";
DROP INDEX IF EXISTS "HandOver_roomId_createdAt_idx";
CREATE INDEX IF NOT EXISTS "HandOver_roomId_number_idx" ON "HandOver"("roomId", "number");`;

/**
 * Migrations that were changed after they had landed, in the days before a test refused that: by name, what they were. No other may join
 * them: what has landed is changed by a new migration.
 */
export const earlierEditions: Readonly<Record<string, readonly EarlierEdition[]>> = {
  '20261124000000_init': [
    {
      checksum: '0fb5693cb5ba9a413aa841f21fded07d7b83ea7cedb81d41046d6fabb879a8e9',
      sql: `ALTER TABLE "Room" ADD COLUMN IF NOT EXISTS "peopleVersion" INTEGER NOT NULL DEFAULT 1;`,
    },
  ],
  '20261125020812_queue': [
    {
      checksum: '42b79556ecd3ffdb4a1e7e9ac745c9ab5306e2d079ed61847481bc2a197daacf',
      sql: numberedSubmissions + waitsForApprovalAgain,
    },
    {
      checksum: '080a77d2bdc3f8d4e40ed6353c3167e5d6d4c01ab27731b2bece4592fa1220cb',
      sql: waitsForApprovalAgain,
    },
  ],
};
