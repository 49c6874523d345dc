import 'server-only';
import { inTransaction } from './connection/client';

/** How a world of the stand-in is left, and what came of the visit. */
interface Left<T> {
  readonly state: string;
  readonly result: T;
}

/**
 * Holds one world of the stand-in, so that calls to it come one after the other over all instances, and stores how `work` leaves it.
 *
 * @param work gets the stored state; empty for a new world
 */
export function visitWorld<T>(world: string, work: (state: string) => Promise<Left<T>>): Promise<T> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "SimulatedSpotify" ("world", "state") VALUES (${world}, '') ON CONFLICT ("world") DO NOTHING`;
    const rows = await tx.$queryRaw<{ state: string }[]>`
      SELECT "state" FROM "SimulatedSpotify" WHERE "world" = ${world} FOR UPDATE`;
    const before = rows[0]?.state ?? '';
    const { state, result } = await work(before);
    if (state !== before) {
      await tx.$executeRaw`
        UPDATE "SimulatedSpotify" SET "state" = ${state}, "changedAt" = now() WHERE "world" = ${world}`;
    }
    return result;
  });
}
