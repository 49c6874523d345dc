import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { parseRoomCode } from '@/lib/shared/rules/room-code';
import type { Admission, Role } from '@/lib/shared/contract/snapshot';
import { belongsTo, refusalOf, type Right } from '@/lib/shared/rules/rights';
import { hasMemberFrom, noteSeen, setNetwork } from '@/lib/server/db/members';
import { noteKnocksSeen } from '@/lib/server/db/knocks';
import { noteScreensSeen } from '@/lib/server/db/screens';
import { requireRight } from './require-right';
import { findRoomAccess, type RoomAccessRow } from '@/lib/server/db/room-access';
import { consume, quotaOf, rateLimited } from './rate-limits';
import { log } from '@/lib/server/runtime/log';
import { unlessSaidLately } from '@/lib/server/runtime/repeats';
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
  /** Newcomers come in by themselves, or wait until they are let in (AM1). */
  readonly admission: Admission;
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

/** A screen of a live room: it sees what members see, and is none (SN1). */
export interface ScreenViewer extends RoomFacts {
  readonly role: 'screen';
  readonly sessionId: string;
  readonly screenId: string;
  readonly address: string;
}

/** Somebody who waits at the door of a live room (AM1). */
export interface Waiter extends RoomFacts {
  readonly role: 'waiting';
  readonly sessionId: string;
  readonly knockId: string;
  readonly waiterName: string;
  readonly address: string;
}

/** Whoever has something to see in a room, or at its door. */
export type Onlooker = Viewer | ScreenViewer | Waiter;

/** A live room for whoever comes to it, inside or not. */
export interface Door extends RoomFacts {
  readonly onlooker: Onlooker | null;
  /** Is a member of it, or was one before. */
  readonly isFormer: boolean;
  readonly isTurnedAway: boolean;
}

/** Those who have a right, by the table of rights. */
export type HolderOf<R extends Right> = R extends 'follow'
  ? Onlooker
  : R extends 'see'
    ? Viewer | ScreenViewer
    : R extends 'leave'
      ? Viewer | Waiter
      : Viewer;

/** Seconds between two notes that a member was seen; presence is measured in minutes. */
const seenEverySeconds = 15;

/** Tells the operator that the limit over all is used up. @throws what is no refusal */
function alarm(refusal: unknown): void {
  if (!(refusal instanceof AppError)) throw refusal;
  const news = unlessSaidLately('rooms.guessing');
  if (news !== null) log.error('rooms.guessing', news);
}

/** Counts a code that leads nowhere, and refuses with `code`. @throws {AppError} that, or `rate_limited` */
export async function miss(
  requester: Requester,
  code: 'room_not_found' | 'room_ended' | 'transfer_not_found',
): Promise<never> {
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
export async function requireNoGuesser({ address }: Requester, row: RoomAccessRow | null): Promise<void> {
  const own = await quotaOf('codeGuesses', address);
  if (own.used === 0) return;
  const waitMs = own.waitMs ?? (await quotaOf('allCodeGuesses', 'all')).waitMs;
  if (waitMs === null) return;
  if (row?.ended === false && (await hasMemberFrom(row.roomId, networkOf(row.roomId, address)))) return;
  throw rateLimited(waitMs);
}

function toFacts(row: RoomAccessRow): RoomFacts {
  const { roomId, code, name, version, hostSessionId, guestsCanPause, votesToSkip, admission, demo } = row;
  return { roomId, code, name, version, hostSessionId, guestsCanPause, votesToSkip, admission, demo };
}

/** The room with that code, live, and what the requester is in it. Codes that lead nowhere are counted against guessing (RM-01). */
async function findAccess(requester: Requester, codeInput: string): Promise<RoomAccessRow> {
  const code = parseRoomCode(codeInput);
  const hash = await readSessionHash(requester.cookieHeader);
  const row = code === null ? null : await findRoomAccess(code, hash);
  // Members of a live room, its screens and who waits for it are never limited by what others at their address tried.
  const isKnown = row !== null && (row.inRoom || row.screenId !== null || row.knock !== null);
  if (row !== null && isKnown && !row.ended && !row.removed) return row;
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
export async function requireRoom(requester: Requester, code: string): Promise<Door> {
  const row = await findAccess(requester, code);
  const isTurnedAway = row.knock?.turnedAway === true;
  return {
    ...toFacts(row),
    onlooker: toOnlooker(row, requester.address),
    isFormer: row.memberId !== null,
    isTurnedAway,
  };
}

function toOnlooker(row: RoomAccessRow, address: string): Onlooker | null {
  const { sessionId, memberId, memberName, role, inRoom, coHost, knock, screenId } = row;
  if (sessionId === null) return null;
  const facts = { ...toFacts(row), sessionId, address };
  if (inRoom && memberId !== null && memberName !== null && role !== null) {
    return { ...facts, memberId, memberName, role, coHost };
  }
  if (knock?.turnedAway === false) {
    return { ...facts, role: 'waiting', knockId: knock.id, waiterName: knock.name };
  }
  return screenId === null ? null : { ...facts, role: 'screen', screenId };
}

async function noteOnlooker(onlooker: Onlooker, row: RoomAccessRow): Promise<void> {
  if (onlooker.role === 'waiting') return noteKnocksSeen([onlooker.knockId]);
  if (onlooker.role === 'screen') return noteScreensSeen([onlooker.screenId]);
  if ((row.secondsUnseen ?? Infinity) > seenEverySeconds) await noteSeen(onlooker.memberId);
  const network = networkOf(row.roomId, onlooker.address);
  if (row.network !== network) await setNetwork(onlooker.memberId, network);
}

/**
 * The requester as what they are in the live room with that code, if they have that right there. Notes that they were seen.
 *
 * @throws {AppError} additionally `not_a_member` and `waiting_for_host`, with what the join page shows, and `host_only`
 */
export async function requireAccess<R extends Right>(
  requester: Requester,
  code: string,
  right: R,
): Promise<HolderOf<R>>;
export async function requireAccess(requester: Requester, code: string, right: Right): Promise<Onlooker> {
  const row = await findAccess(requester, code);
  const onlooker = toOnlooker(row, requester.address);
  if (onlooker !== null) await noteOnlooker(onlooker, row);
  if (onlooker?.role === 'host' || onlooker?.role === 'guest') {
    requireRight(onlooker, right);
    return onlooker;
  }
  if (onlooker !== null && belongsTo(right, onlooker.role)) return onlooker;
  throw new AppError(refusalOf(right, onlooker?.role ?? 'stranger'), { room: { code: row.code, name: row.name } });
}
