import 'server-only';
import type { LoginOutcome } from '@/lib/shared/contract/spotify';
import { beginLogin, completeLogin, type LoginResult, type LoginWish } from '@/lib/server/auth/login';
import { findUsedClientId } from '@/lib/server/auth/login-app';
import { parseReturnPath } from '@/lib/server/auth/return-path';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { type Db, inTransaction } from '@/lib/server/db/connection/client';
import { clearCurrentRoom, countOtherMembers, enterRoom, findMember, makeGuest } from '@/lib/server/db/members';
import { clearProblem, forgetPlayer } from '@/lib/server/db/player-state';
import { resetQueueForNewAccount } from '@/lib/server/db/queue';
import { bumpRoom } from '@/lib/server/db/room-versions';
import {
  endRoom,
  findHostedRoom,
  findRoomsOfAccount,
  lockRooms,
  type RoomRow,
  setRoomHost,
} from '@/lib/server/db/rooms';
import { lockSession, setLoginRefusal } from '@/lib/server/db/sessions';
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import { deleteTransfer } from '@/lib/server/db/transfers';
import { deleteToken, findToken, saveGrant } from '@/lib/server/db/spotify-tokens';
import { getEnv } from '@/lib/server/runtime/env';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { applyObservation } from '@/lib/server/player/state/store';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import { consume } from '@/lib/server/session/rate-limits';
import { readCookie } from '@/lib/server/session/cookie';
import type { Requester } from '@/lib/server/session/room-access';
import { getSession, openSession, renewSession } from '@/lib/server/session/session';
import { type CurrentRoom, leaveCurrentRoom, lockSessionAndRooms } from '@/lib/server/rooms/members/current-room';

export interface LoginStart {
  readonly url: string;
  readonly setCookie: string | null;
}

/** Where a host without any app to log in through learns how to bring one (AP2). */
function setupPath(returnTo: string | null): string {
  return `/setup?returnTo=${encodeURIComponent(parseReturnPath(returnTo, getEnv().appUrl))}`;
}

/** Begins the host's login with Spotify, opening a session where there is none (LG1). @throws {AppError} `rate_limited` */
export async function startHostLogin(requester: Requester, wish: LoginWish): Promise<LoginStart> {
  await consume('logins', requester.address);
  const session = await openSession(requester.cookieHeader);
  const url = (await beginLogin(session.id, wish)) ?? setupPath(wish.returnTo);
  return { url, setCookie: session.setCookie };
}

/** Makes a session the host of a live room, and the session that was a guest of it without tokens (LG7). */
async function transferRoom(tx: Db, room: RoomRow, sessionId: string, wasInside: boolean): Promise<void> {
  const before = await findMember(tx, room.id, room.hostSessionId);
  if (before !== null) await makeGuest(tx, before.id);
  await deleteToken(tx, room.hostSessionId);
  const own = await findMember(tx, room.id, sessionId);
  await enterRoom(tx, {
    roomId: room.id,
    sessionId,
    name: (wasInside ? own?.name : before?.name) ?? 'Host',
    role: 'host',
  });
  await setRoomHost(tx, room.id, sessionId);
  // The way to another device was the old host's to give.
  await deleteTransfer(tx, room.id);
  await bumpRoom(tx, room.id, 'people');
}

/** Whether a session would give up the room it is in for the one its Spotify account hosts elsewhere (LG7). */
async function givesUpRoom(tx: Db, sessionId: string, current: CurrentRoom | null): Promise<boolean> {
  if (current?.role !== 'host') return true;
  return (await countOtherMembers(tx, current.room.id, sessionId)) === 0;
}

/** Brings the account's live room to this session, if it hosts one elsewhere. Returns that room's code. */
async function claimRoomElsewhere(tx: Db, sessionId: string, accountId: string): Promise<string | null> {
  const [room] = await findRoomsOfAccount(tx, accountId, sessionId);
  const current = await lockSessionAndRooms(tx, sessionId, room === undefined ? [] : [room.id]);
  if (room === undefined || !(await givesUpRoom(tx, sessionId, current))) return null;
  if (current?.role === 'host') {
    await endRoom(tx, current.room.id);
    await bumpRoom(tx, current.room.id, 'people');
  } else if (current !== null && current.room.id !== room.id) {
    await leaveCurrentRoom(tx, current);
  }
  await clearCurrentRoom(tx, sessionId);
  await transferRoom(tx, room, sessionId, current?.room.id === room.id);
  return room.code;
}

/** The room that the session hosts has music again, perhaps another account's: what was known of it is over. */
async function refreshHostedRoom(tx: Db, room: RoomRow | null, otherAccount: boolean): Promise<void> {
  if (room === null) return;
  await lockRooms(tx, [room.id]);
  if (otherAccount) {
    await resetQueueForNewAccount(tx, room.id);
    await forgetPlayer(tx, room.id);
  } else await clearProblem(tx, room.id);
  await bumpRoom(tx, room.id);
}

interface Stored {
  readonly setCookie: string;
  readonly broughtCode: string | null;
}

/** Whether a login went through the app that the session uses now: another one may have been chosen while Spotify was asked (AP4). */
async function isOfUsedApp(tx: Db, sessionId: string, { world, clientId }: SpotifyApp): Promise<boolean> {
  return world !== null || (await findUsedClientId(tx, sessionId)) === clientId;
}

/** Null, and nothing is stored, for a session that was logged out, or given another app, while Spotify was asked. */
async function store(
  sessionId: string,
  result: Extract<LoginResult, { outcome: 'connected' }>,
): Promise<Stored | null> {
  const before = await findToken(sessionId);
  const hosted = await findHostedRoom(sessionId);
  return inTransaction(async (tx) => {
    if (!(await lockSession(tx, sessionId)) || !(await isOfUsedApp(tx, sessionId, result.grant))) return null;
    const broughtCode = await claimRoomElsewhere(tx, sessionId, result.grant.accountId);
    await saveGrant(tx, sessionId, result.grant);
    const setCookie = await renewSession(tx, sessionId);
    if (broughtCode === null) {
      await refreshHostedRoom(tx, hosted, before !== null && before.accountId !== result.grant.accountId);
    }
    return { setCookie, broughtCode };
  });
}

/** One read of the player, so that the page the browser comes back to shows the song; its failure is the watcher's to show. */
async function readPlayerOnce(sessionId: string): Promise<void> {
  const room = await findHostedRoom(sessionId);
  if (room === null) return;
  try {
    const seen = await withSpotify(sessionId, (spotify) => spotify.getPlayback());
    if (seen !== null) await applyObservation(room.id, null, seen);
  } catch (error) {
    log.info('login.first_look_failed', describeError(error));
  }
  keepWatched(room.id);
}

export interface LoginEnd {
  readonly outcome: LoginOutcome;
  /** A path of our own. */
  readonly returnTo: string;
  readonly setCookie: string | null;
}

/** Whether a callback came to a browser that has no session of ours at all: not the one in which the login began (LG9). */
function isOtherBrowser(cookieHeader: string | null, query: URLSearchParams): boolean {
  const [state, ...more] = query.getAll('state');
  return readCookie(cookieHeader) === null && Boolean(state) && more.length === 0;
}

/**
 * Ends a login: what the callback brought is stored under the session that began it, or nothing is (LG2–LG7, LG9).
 *
 * @param query the callback's parameters
 */
export async function finishHostLogin(cookieHeader: string | null, query: URLSearchParams): Promise<LoginEnd> {
  if (isOtherBrowser(cookieHeader, query)) return { outcome: 'other_browser', returnTo: '/', setCookie: null };
  const session = await getSession(cookieHeader);
  const result = await completeLogin(session?.id ?? null, query);
  if (session !== null) await setLoginRefusal(session.id, 'refusal' in result ? result.refusal : 'none');
  if (result.outcome !== 'connected' || session === null) {
    return { outcome: result.outcome, returnTo: result.returnTo, setCookie: null };
  }
  const stored = await store(session.id, result);
  if (stored === null) return { outcome: 'expired', returnTo: '/', setCookie: null };
  const { setCookie, broughtCode } = stored;
  await readPlayerOnce(session.id);
  return { outcome: 'connected', returnTo: broughtCode === null ? result.returnTo : `/room/${broughtCode}`, setCookie };
}
