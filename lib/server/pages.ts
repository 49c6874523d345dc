import 'server-only';
import { headers } from 'next/headers';
import { AppError } from './runtime/app-error';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { CloseReason } from '@/lib/shared/contract/rooms';
import type { OwnAppResponse } from '@/lib/shared/contract/spotify';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import { may } from '@/lib/shared/rules/rights';
import { parseRoomCode } from '@/lib/shared/rules/room-code';
import { getDb } from './db/connection/client';
import { findCurrentRoom } from './db/rooms';
import { isDatabaseBehind, isDatabaseDown } from './runtime/database-errors';
import { getEnv } from './runtime/env';
import { inRequest } from './runtime/request-scope';
import { noteUnavailablePage } from './runtime/unavailable-pages';
import { readInAppBrowser } from './http/in-app-browser';
import { inviteAddresses } from './http/invite-addresses';
import { notePhone } from './http/phones';
import { clientAddress, isOnAppUrl, proxyAdvice } from './http/request-origin';
import { listensHereAlone } from './runtime/phone-addresses';
import { type Requester, requireRoom } from './session/room-access';
import { getSession } from './session/session';
import { parseReturnPath } from './auth/return-path';
import { readOwnApp } from './rooms/host/own-app';
import { readLoginOutcome } from './rooms/host/login-outcome';
import { getMe } from './rooms/members/me';
import { getRoomView } from './rooms/live/room-view';

async function readRequest(): Promise<{ readonly app: AppFacts; readonly requester: Requester }> {
  const { appUrl, demo, host, ownApps, spotifyClientId, spotifySimulated } = getEnv();
  const request = await headers();
  const address = clientAddress(request);
  notePhone(request.get('host'), address);
  return {
    app: {
      simulated: spotifySimulated,
      demo: false,
      offersDemo: demo,
      ownApps: !ownApps ? 'off' : spotifyClientId === null ? 'needed' : 'offered',
      appUrl,
      onAppUrl: isOnAppUrl(request.get('host')),
      proxyAdvice: proxyAdvice(request.get('host')),
      invite: inviteAddresses(request.get('host')),
      hereAlone: listensHereAlone(host),
      inAppBrowser: readInAppBrowser(request.get('user-agent')),
    },
    requester: { cookieHeader: request.get('cookie'), address },
  };
}

/** Loads what a page shows: what is logged meanwhile has the page's id, and where the database is away the answer says that it passes (EV8). */
async function inPage<T>(load: () => Promise<T>): Promise<T> {
  const id = (await headers()).get('x-request-id') ?? 'unknown';
  try {
    return await inRequest(id, load);
  } catch (error) {
    if (isDatabaseDown(error) || isDatabaseBehind(error)) noteUnavailablePage(id);
    throw error;
  }
}

/** What the home page shows; `currentRoom` is where somebody already is. Opens no session (SE-09). */
export function loadHomePage(): Promise<{
  readonly app: AppFacts;
  readonly currentRoom: { readonly code: string } | null;
  readonly isConnected: boolean;
}> {
  return inPage(async () => {
    const { app, requester } = await readRequest();
    const me = await getMe(requester.cookieHeader);
    return { app, currentRoom: me.room, isConnected: me.spotify.authenticated };
  });
}

/** What a TV is shown that shows no room yet. @param named the code of the room whose page for TVs led here */
export function loadTvPage(named: string | null): Promise<{
  readonly app: AppFacts;
  readonly currentRoom: { readonly code: string } | null;
  /** Where a person goes who has come here. */
  readonly joinPath: string;
}> {
  return inPage(async () => {
    const { app, requester } = await readRequest();
    const code = named === null ? null : parseRoomCode(named);
    const { room } = await getMe(requester.cookieHeader);
    return { app, currentRoom: room, joinPath: code === null ? '/' : `/room/${code}` };
  });
}

/** The room of whoever has scanned a screen's code, and whether they may give it one (SN5). */
export function loadPairPage(): Promise<{ readonly room: RoomName | null; readonly mayPair: boolean }> {
  return inPage(async () => {
    const { requester } = await readRequest();
    const me = await getMe(requester.cookieHeader);
    if (me.room === null) return { room: null, mayPair: false };
    const { onlooker, code, name } = await requireRoom(requester, me.room.code);
    const isMember = onlooker?.role === 'host' || onlooker?.role === 'guest';
    return { room: { code, name }, mayPair: isMember && may(onlooker, 'manage_screens') };
  });
}

/** What a page says of a login that ended with `?spotify=` in its address. */
export function loadLoginOutcome(named: string | string[] | undefined): Promise<string | undefined> {
  return inPage(async () => readLoginOutcome((await headers()).get('cookie'), named));
}

interface RoomName {
  readonly code: string;
  readonly name: string;
}

/** Why there is no room to show; `limited` where too many codes that lead nowhere were tried. */
type ClosedKind = Extract<CloseReason, 'removed' | 'ended' | 'not_found'> | 'limited' | 'turned_away';

export type RoomPage =
  | { readonly kind: 'room'; readonly app: AppFacts; readonly view: RoomView }
  | { readonly kind: 'join'; readonly app: AppFacts; readonly room: RoomName }
  /** They wait at the door until somebody admits them (AM2). */
  | { readonly kind: 'waiting'; readonly app: AppFacts; readonly room: RoomName; readonly name: string }
  /** A host cannot join another room (RO1). */
  | { readonly kind: 'hosting'; readonly app: AppFacts; readonly room: RoomName; readonly own: RoomName }
  | { readonly kind: ClosedKind; readonly app: AppFacts };

const kinds: Readonly<Record<string, ClosedKind>> = {
  removed_by_host: 'removed',
  room_ended: 'ended',
  room_not_found: 'not_found',
  rate_limited: 'limited',
};

/** What the demo's page shows; null where there are no demos. */
export async function loadDemoPage(): Promise<{ readonly app: AppFacts } | null> {
  const { app } = await readRequest();
  return app.offersDemo ? { app } : null;
}

/** What the page shows on which a host brings a Spotify app of their own. */
export interface SetupPage {
  readonly app: AppFacts;
  readonly used: OwnAppResponse;
  /** Who is connected; null for nobody. */
  readonly account: string | null;
  /** A login through it went to Spotify a while ago and has not come back: an error of Spotify's own leads nowhere. */
  readonly stranded: boolean;
  /** Where the host came from: a path of our own. */
  readonly returnTo: string;
}

/** Loads it; null where hosts may not bring any (AP7). Opens no session (SE-09). */
export function loadSetupPage(returnTo: string | string[] | undefined): Promise<SetupPage | null> {
  return inPage(async () => {
    const { app, requester } = await readRequest();
    if (app.ownApps === 'off') return null;
    return {
      app,
      ...(await readOwnApp(requester.cookieHeader)),
      returnTo: parseReturnPath(typeof returnTo === 'string' ? returnTo : null, app.appUrl),
    };
  });
}

/** What the room's page shows to the requester: the room, the way in, or why there is none. Opens no session (SE-09). */
export function loadRoomPage(code: string): Promise<RoomPage> {
  return inPage(() => findRoomPage(code));
}

async function findRoomPage(code: string): Promise<RoomPage> {
  const { app: site, requester } = await readRequest();
  let app = site;
  try {
    const { onlooker, isTurnedAway, ...room } = await requireRoom(requester, code);
    // A demo's songs are made up on a site where others are not.
    if (room.demo) app = { ...site, demo: true, simulated: true };
    const closed = { app, room: { code: room.code, name: room.name } };
    if (onlooker?.role === 'waiting') return { kind: 'waiting', ...closed, name: onlooker.waiterName };
    if (onlooker !== null) return { kind: 'room', app, view: await getRoomView(onlooker) };
    if (isTurnedAway) return { kind: 'turned_away', app };
    const session = await getSession(requester.cookieHeader);
    const current = session === null ? null : await findCurrentRoom(getDb(), session.id);
    if (current?.role !== 'host') return { kind: 'join', ...closed };
    return { kind: 'hosting', ...closed, own: { code: current.room.code, name: current.room.name } };
  } catch (error) {
    const kind = error instanceof AppError ? kinds[error.code] : undefined;
    if (kind === undefined) throw error;
    return { kind, app };
  }
}
