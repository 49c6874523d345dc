import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { parseRoomCode } from '@/lib/shared/rules/room-code';
import type { Role } from '@/lib/shared/contract/snapshot';
import { hasMemberFrom, noteSeen, setNetwork } from '@/lib/server/db/members';
import { findRoomAccess, type RoomAccessRow } from '@/lib/server/db/room-access';
import { consume, quotaOf, rateLimited } from './rate-limits';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';
import { networkOf } from './network';
import { readSessionHash } from './session';

/** Who asks, as far as it matters for a room. */
export interface Requester {
  readonly cookieHeader: string | null;
  /** The address the request came from, for the limit on guessing codes. */
  readonly address: string;
}

/** A live room as a stranger or member sees it. */
export interface RoomFacts {
  readonly roomId: string;
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly hostSessionId: string;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
  /** A demo: its songs are made up (DM1). */
  readonly demo: boolean;
}

/** A member of a live room: the session, membership and role are the database's, never the request's (MB5). */
export interface Viewer extends RoomFacts {
  readonly sessionId: string;
  /** Where the request came from; never sent to anybody. */
  readonly address: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly role: Role;
  /** Has the remote and moderates the queue (HT3). */
  readonly coHost: boolean;
}

/** Seconds between two notes that a member was seen; presence is measured in minutes. */
const seenEverySeconds = 15;

/** How long the operator is told of guessing no second time, in ms. */
const alarmEveryMs = 60_000;

const lastAlarm = (): { at: number } => perProcess('guessing-alarm', () => ({ at: -Infinity }));

/** Tells the operator that the limit over all is used up. @throws what is no refusal */
function alarm(refusal: unknown): void {
  if (!(refusal instanceof AppError)) throw refusal;
  const last = lastAlarm();
  const now = performance.now();
  if (now - last.at < alarmEveryMs) return;
  last.at = now;
  log.error('rooms.guessing', {});
}

async function miss(requester: Requester, code: 'room_not_found' | 'room_ended'): Promise<never> {
  await consume('codeGuesses', requester.address);
  await consume('allCodeGuesses', 'all').catch(alarm);
  throw new AppError(code);
}

/**
 * Refuses a stranger from where somebody has missed too often, whether this code is right or wrong (RM-01): past the limit of the address, or
 * after a single miss while the limit over all is used up. But a party is one address (RM-09): who comes to a room that has a member from there is
 * no guesser.
 *
 * @throws {AppError} `rate_limited`
 */
async function requireNoGuesser({ address }: Requester, row: RoomAccessRow | null): Promise<void> {
  const own = await quotaOf('codeGuesses', address);
  if (own.used === 0) return;
  const waitMs = own.waitMs ?? (await quotaOf('allCodeGuesses', 'all')).waitMs;
  if (waitMs === null) return;
  if (row?.ended === false && (await hasMemberFrom(row.roomId, networkOf(row.roomId, address)))) return;
  throw rateLimited(waitMs);
}

function toFacts(row: RoomAccessRow): RoomFacts {
  const { roomId, code, name, version, hostSessionId, guestsCanPause, votesToSkip, demo } = row;
  return { roomId, code, name, version, hostSessionId, guestsCanPause, votesToSkip, demo };
}

/** The room with that code, live, and what the requester is in it. Codes that lead nowhere are counted against guessing (RM-01). */
async function findAccess(requester: Requester, codeInput: string): Promise<RoomAccessRow> {
  const code = parseRoomCode(codeInput);
  const hash = await readSessionHash(requester.cookieHeader);
  const row = code === null ? null : await findRoomAccess(code, hash);
  // Members of a live room are never limited by what others at their address tried.
  if (row?.inRoom === true && !row.ended) return row;
  // Nor do people whose own room ended count as guessing: a whole party may reload at once.
  if (row?.ended === true && row.memberId !== null) throw new AppError('room_ended');
  await requireNoGuesser(requester, row);
  if (row === null) return miss(requester, 'room_not_found');
  if (row.ended) return miss(requester, 'room_ended');
  if (row.removed) throw new AppError('removed_by_host');
  return row;
}

/**
 * The live room with that code, for everybody but those whom its host removed.
 *
 * @throws {AppError} `room_not_found`, `room_ended`, `removed_by_host`, `rate_limited`
 */
export async function requireRoom(
  requester: Requester,
  code: string,
): Promise<RoomFacts & { readonly viewer: Viewer | null }> {
  const row = await findAccess(requester, code);
  return { ...toFacts(row), viewer: toViewer(row, requester.address) };
}

function toViewer(row: RoomAccessRow, address: string): Viewer | null {
  const { sessionId, memberId, memberName, role, inRoom, coHost } = row;
  if (!inRoom || sessionId === null || memberId === null || memberName === null || role === null) return null;
  return { ...toFacts(row), sessionId, address, memberId, memberName, role, coHost };
}

/**
 * The requester as a member of the live room with that code. Notes that the member was seen.
 *
 * @throws {AppError} additionally `not_a_member`, with what the join page shows
 */
export async function requireMember(requester: Requester, code: string): Promise<Viewer> {
  const row = await findAccess(requester, code);
  const viewer = toViewer(row, requester.address);
  if (viewer === null) throw new AppError('not_a_member', { room: { code: row.code, name: row.name } });
  if ((row.secondsUnseen ?? Infinity) > seenEverySeconds) await noteSeen(viewer.memberId);
  const network = networkOf(row.roomId, requester.address);
  if (row.network !== network) await setNetwork(viewer.memberId, network);
  return viewer;
}
