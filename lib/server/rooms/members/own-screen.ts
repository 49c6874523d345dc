import 'server-only';
import type { ScreenDto } from '@/lib/shared/contract/screens';
import { getDb, inTransaction } from '@/lib/server/db/connection/client';
import { findCurrentRoom } from '@/lib/server/db/rooms';
import { findScreen, noteScreensSeen, saveScreenCode, type ScreenRow } from '@/lib/server/db/screens';
import { lockSession } from '@/lib/server/db/sessions';
import { AppError } from '@/lib/server/runtime/app-error';
import { getSession, openSession } from '@/lib/server/session/session';
import { drawFreeScreenCode } from './room-code';

/** Seconds between two notes that a screen without a stream was seen. */
const seenEverySeconds = 15;

function toDto({ code, expiresAt, room }: ScreenRow): ScreenDto {
  return { code, expiresAt: expiresAt?.toISOString() ?? null, room };
}

/** Whether it has something to show: a code, or a room. One whose room has ended, or took it away, has neither (SN3). */
const isOn = ({ code, expired, room }: ScreenRow): boolean => room !== null || (code !== null && !expired);

/** The screen that a session is from here on: as before while that lasts, or with a new code. @throws {AppError} `already_member` */
function keepOrMake(sessionId: string): Promise<{ readonly screen: ScreenDto; readonly isNew: boolean }> {
  return inTransaction(async (tx) => {
    if (!(await lockSession(tx, sessionId))) throw new AppError('unavailable', { retryAfterSeconds: 1 });
    if ((await findCurrentRoom(tx, sessionId)) !== null) throw new AppError('already_member');
    const known = await findScreen(tx, sessionId);
    if (known !== null && isOn(known)) return { screen: toDto(known), isNew: false };
    const code = await drawFreeScreenCode(tx);
    const expiresAt = await saveScreenCode(tx, sessionId, code);
    return { screen: { code, expiresAt: expiresAt.toISOString(), room: null }, isNew: true };
  });
}

/**
 * Makes the requester's browser a screen, with a code to be typed in a room (SN2); one that is a screen stays as it is.
 *
 * @throws {AppError} `already_member` for a session that is in a room
 */
export async function becomeScreen(
  cookieHeader: string | null,
): Promise<{ readonly screen: ScreenDto; readonly isNew: boolean; readonly setCookie: string | null }> {
  const session = await openSession(cookieHeader);
  const { screen, isNew } = await keepOrMake(session.id);
  return { screen, isNew, setCookie: session.setCookie };
}

/**
 * What the requester's screen shows now. One that shows its room no more gets a new code (SN3).
 *
 * @throws {AppError} `screen_not_found` for who is no screen, or has let its code expire
 */
export async function describeOwnScreen(cookieHeader: string | null): Promise<ScreenDto> {
  const session = await getSession(cookieHeader);
  const screen = session === null ? null : await findScreen(getDb(), session.id);
  if (session === null || screen === null || (screen.expired && screen.room === null)) {
    throw new AppError('screen_not_found');
  }
  if (!isOn(screen)) return (await keepOrMake(session.id)).screen;
  if (screen.secondsUnseen > seenEverySeconds) await noteScreensSeen([screen.id]);
  return toDto(screen);
}
