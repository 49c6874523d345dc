import { getPool } from '@/lib/server/db/connection/pool';
import type { Person } from './person';
import type { TestRoom } from './party';

/** Everybody who is in the room has had a stream open for long enough that their votes to skip decide (SV10). */
export async function letVotesDecide({ code }: TestRoom<Person>): Promise<void> {
  await getPool().query(
    `UPDATE "Member" SET "streamFrom" = now() - interval '1 hour', "streamUntil" = now()
     WHERE "roomId" = (SELECT "id" FROM "Room" WHERE "code" = $1)`,
    [code],
  );
}
