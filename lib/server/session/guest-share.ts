import 'server-only';
import { consume, type LimitName } from './rate-limits';
import type { Viewer } from './room-access';

/** Counts one of `name` for the room and for where the guest comes from: neither many cookies nor many rooms bring more of it. */
async function consumeBoth(name: LimitName, { roomId, address }: Viewer): Promise<void> {
  await consume(name, `room ${roomId}`);
  await consume(name, `address ${address}`);
}

/**
 * Counts a call to Spotify that somebody causes, before it is made (WT12). What hosts cause is not counted, nor what costs nobody anything: the
 * calls of a demo.
 *
 * @throws {AppError} `rate_limited` when the guests of the room, or of this address, have had their share of the day
 */
export async function spendGuestCall(viewer: Viewer): Promise<void> {
  if (viewer.role !== 'host' && !viewer.demo) await consumeBoth('guestCalls', viewer);
}

/**
 * The same for a search or a look-up that nobody made lately, of which a room has so many a minute.
 *
 * @throws {AppError} `rate_limited`
 */
export async function spendGuestSearch(viewer: Viewer): Promise<void> {
  if (viewer.role === 'host' || viewer.demo) return;
  await consumeBoth('freshSearches', viewer);
  await spendGuestCall(viewer);
}
