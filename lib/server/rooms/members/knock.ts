import 'server-only';
import type { Db } from '@/lib/server/db/connection/client';
import { countWaiting, insertKnock, type KnockRow, mostWaiting, renameKnock } from '@/lib/server/db/knocks';
import type { Entry } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { networkOf } from '@/lib/server/session/network';
import { rateLimited } from '@/lib/server/session/rate-limits';

/** When somebody is let try again for whom there is no place at the door, in ms. */
const tryAgainMs = 60_000;

/** Somebody waits at a door from here on (AM1). @throws {AppError} `rate_limited` when too many do, there or from that address (AM5) */
export async function knock(tx: Db, { roomId, sessionId, name }: Entry, address: string): Promise<KnockRow> {
  // Over all rooms: no address may fill the doors of many.
  const network = networkOf('every door', address);
  const waiting = await countWaiting(tx, roomId, network);
  if (waiting.room >= mostWaiting.room || waiting.address >= mostWaiting.address) throw rateLimited(tryAgainMs);
  return insertKnock(tx, { roomId, sessionId, name, network });
}

/** Who waits already gives another name, which who may admit is shown. */
export async function renameAtDoor(tx: Db, known: KnockRow, name: string): Promise<KnockRow> {
  await renameKnock(tx, known.id, name);
  if (known.name !== name) await bumpRoom(tx, known.roomId, 'people');
  return { ...known, name };
}
