import 'server-only';
import { type Db, getDb } from './connection/client';

/**
 * Writes the skip intent of a play, unless it has one (SV7): of all who try, over all instances, one gets true.
 *
 * @param holder names the attempt, so that only it can conclude it
 */
export async function claimPlay(db: Db, playId: string, holder: string, byVote: boolean): Promise<boolean> {
  const claimed = await db.$executeRaw`
    UPDATE "Play" SET "skipState" = 'calling', "skipHolder" = ${holder}, "skipAt" = clock_timestamp(), "byVote" = ${byVote}
    WHERE "id" = ${playId}::uuid AND "skipState" IS NULL`;
  return claimed === 1;
}

/** Spotify accepted the skip. */
export async function confirmSkip(playId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "Play" SET "skipState" = 'done', "skipAt" = clock_timestamp()
    WHERE "id" = ${playId}::uuid AND "skipHolder" = ${holder} AND "skipState" = 'calling'`;
}

/** The skip did not happen: it is free to be tried again, and the votes stay (SV8). */
export async function releaseSkip(db: Db, playId: string, holder: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Play" SET "skipState" = NULL, "skipHolder" = NULL, "skipAt" = NULL, "byVote" = false
    WHERE "id" = ${playId}::uuid AND "skipHolder" = ${holder}`;
}

export interface PlayRow {
  readonly id: string;
  readonly trackUri: string;
  readonly skipState: string | null;
  readonly byVote: boolean;
}

/** A play of this room, past or present; null when there is none. */
export function findPlay(db: Db, roomId: string, playId: string): Promise<PlayRow | null> {
  return db.play.findFirst({
    where: { id: playId, roomId },
    select: { id: true, trackUri: true, skipState: true, byVote: true },
  });
}
