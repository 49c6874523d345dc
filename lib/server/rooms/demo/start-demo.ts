import 'server-only';
import { randomBytes } from 'node:crypto';
import { createDemoGrant } from '@/lib/server/auth/demo-grant';
import { type Db, getDb, inTransaction } from '@/lib/server/db/connection/client';
import { countDemos, insertDemo, purgeDemos } from '@/lib/server/db/demos';
import { clearCurrentRoom, enterRoom } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findCurrentRoom, insertRoom, type RoomRow } from '@/lib/server/db/rooms';
import { insertSession } from '@/lib/server/db/sessions';
import { findToken, saveGrant } from '@/lib/server/db/spotify-tokens';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';
import { endSilentRooms } from '@/lib/server/rooms/cleanup';
import { leaveCurrentRoom, lockSessionAndRooms } from '@/lib/server/rooms/members/current-room';
import { drawFreeCode } from '@/lib/server/rooms/members/room-code';
import { consume } from '@/lib/server/session/rate-limits';
import type { Requester } from '@/lib/server/session/room-access';
import { getSession, openSession, renewSession } from '@/lib/server/session/session';
import { lineAt } from './script';

/** Demos at once; one more is refused (DM3). */
const mostDemos = 20;

/** How long a demo lasts, in minutes (DM3). */
const minutes = 60;

const settings = {
  name: 'A demo',
  guestsCanPause: true,
  votesToSkip: 2,
  songsPerGuest: 5,
  queueLimit: 30,
} as const;

const guestNames = ['Mia', 'Jonas'] as const;

/** A room where a demo was begun, or is on already. */
export interface StartedDemo {
  readonly code: string;
  readonly created: boolean;
  readonly setCookie: string | null;
}

/**
 * The demo that this browser hosts already; null when it may begin one.
 *
 * @throws {AppError} `demo_not_here` when a room or a login of its own would be lost by it
 */
async function findOwnDemo(cookieHeader: string | null): Promise<RoomRow | null> {
  const session = await getSession(cookieHeader);
  if (session === null) return null;
  const current = await findCurrentRoom(getDb(), session.id);
  if (current?.role === 'host' && current.room.demoEndsAt !== null) return current.room;
  if (current?.role === 'host' || (await findToken(session.id)) !== null) throw new AppError('demo_not_here');
  return null;
}

/** Somebody whom nobody is: a session that no cookie opens, because nobody knows what its hash is of. */
async function enterScriptedGuest(tx: Db, roomId: string, name: string): Promise<string> {
  const session = await insertSession(tx, new Uint8Array(randomBytes(32)), new Date());
  return (await enterRoom(tx, { roomId, sessionId: session.id, name, role: 'guest' })).id;
}

async function makeRoom(tx: Db, sessionId: string): Promise<RoomRow> {
  if ((await countDemos(tx)) >= mostDemos) {
    throw new AppError('rate_limited', {
      detail: 'As many demos as there may be are on right now. Try again in some minutes.',
      retryAfterSeconds: 300,
    });
  }
  const current = await lockSessionAndRooms(tx, sessionId);
  if (current?.role === 'host') throw new AppError('demo_not_here');
  if (current !== null) await leaveCurrentRoom(tx, current);
  const room = await insertRoom(tx, { ...settings, code: await drawFreeCode(tx), hostSessionId: sessionId });
  await clearCurrentRoom(tx, sessionId);
  await enterRoom(tx, { roomId: room.id, sessionId, name: 'Host', role: 'host' });
  const guestIds: string[] = [];
  for (const name of guestNames) guestIds.push(await enterScriptedGuest(tx, room.id, name));
  await insertDemo(tx, { roomId: room.id, guestIds, minutes, dueSeconds: lineAt(0).after });
  return room;
}

/**
 * Begins a demo with the requester as its host (DM1), or gives the one that is on. Its login is in a world of the stand-in that is called like the
 * room, and ends with it. A guest elsewhere leaves there (RO1).
 *
 * @throws {AppError} `not_found` where `DEMO` is off; `demo_not_here`; `rate_limited`
 */
export async function startDemo({ cookieHeader, address }: Requester): Promise<StartedDemo> {
  if (!getEnv().demo) throw new AppError('not_found');
  const own = await findOwnDemo(cookieHeader);
  if (own !== null) return { code: own.code, created: false, setCookie: null };
  await consume('demos', address);
  // Those that are over give their place up.
  await endSilentRooms();
  await purgeDemos();
  const session = await openSession(cookieHeader);
  const { room, renewed } = await inTransaction(async (tx) => ({
    room: await makeRoom(tx, session.id),
    // The same as for every room: who becomes a host has a new cookie id (SE-03).
    renewed: session.setCookie ?? (await renewSession(tx, session.id)),
  }));
  const grant = await createDemoGrant(session.id, room.id);
  await inTransaction(async (tx) => {
    await saveGrant(tx, session.id, grant);
    await bumpRoom(tx, room.id);
  });
  return { code: room.code, created: true, setCookie: renewed };
}
