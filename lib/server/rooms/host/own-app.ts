import 'server-only';
import type { OwnAppResponse } from '@/lib/shared/contract/spotify';
import { getConnection } from '@/lib/server/auth/connection';
import { redirectUri } from '@/lib/server/auth/authorization-server';
import { findUsedClientId } from '@/lib/server/auth/login-app';
import { type Db, getDb, inTransaction } from '@/lib/server/db/connection/client';
import { findOwnClientId, setOwnClientId } from '@/lib/server/db/own-apps';
import { hasOpenLogin } from '@/lib/server/db/login-attempts';
import { lockSession } from '@/lib/server/db/sessions';
import { findGrantApp } from '@/lib/server/db/spotify-tokens';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';
import { getSession, openSession } from '@/lib/server/session/session';
import { forgetConnection } from './disconnect';

/** @throws {AppError} `own_app_off` where hosts may not bring an app of their own (AP7) */
export function requireOwnApps(): void {
  if (!getEnv().ownApps) throw new AppError('own_app_off');
}

function describe(clientId: string | null): OwnAppResponse {
  const { ownApps, spotifyClientId } = getEnv();
  return {
    own: clientId === null ? null : { clientId },
    operator: spotifyClientId !== null,
    allowed: ownApps,
    redirectUri: redirectUri(),
  };
}

/** Whose Spotify app the requester uses, and whose they might. Opens no session. */
export async function describeOwnApp(cookieHeader: string | null): Promise<OwnAppResponse> {
  const session = await getSession(cookieHeader);
  return describe(session === null ? null : await findUsedClientId(getDb(), session.id));
}

/**
 * The same for the page on which one is brought, with the account that is connected, and whether a login through an own app did not come
 * back. Opens no session.
 */
export async function readOwnApp(cookieHeader: string | null): Promise<{
  readonly used: OwnAppResponse;
  readonly account: string | null;
  readonly stranded: boolean;
}> {
  const session = await getSession(cookieHeader);
  if (session === null) return { used: describe(null), account: null, stranded: false };
  const { account } = await getConnection(cookieHeader);
  const clientId = await findUsedClientId(getDb(), session.id);
  return {
    used: describe(clientId),
    account: account?.displayName ?? null,
    stranded: clientId !== null && (await hasOpenLogin(session.id)),
  };
}

/**
 * Changes the app of a session that is held. A connection that was made with another one is of no use to it and is forgotten first, as if the
 * host had disconnected (AP4); one of a demo's world is none of Spotify's.
 */
async function changeApp(tx: Db, sessionId: string, clientId: string | null): Promise<void> {
  const grant = await findGrantApp(tx, sessionId);
  if (grant?.world === null && grant.clientId !== clientId) await forgetConnection(tx, sessionId);
  if ((await findOwnClientId(tx, sessionId)) !== clientId) await setOwnClientId(tx, sessionId, clientId);
}

/**
 * Lets a session's logins go through an app of its host's own from now on (AP1, AP4). The same id changes nothing; the deployment's own is as good
 * as none.
 *
 * @param clientId 32 hexadecimal digits in lower case
 */
export async function chooseOwnApp(
  cookieHeader: string | null,
  clientId: string,
): Promise<{ readonly app: OwnAppResponse; readonly setCookie: string | null }> {
  const session = await openSession(cookieHeader);
  const chosen = clientId === getEnv().spotifyClientId?.toLowerCase() ? null : clientId;
  await inTransaction(async (tx) => {
    if (!(await lockSession(tx, session.id)) || (await findOwnClientId(tx, session.id)) === chosen) return;
    await changeApp(tx, session.id, chosen);
  });
  return { app: describe(chosen), setCookie: session.setCookie };
}

/** Forgets the host's own app; a connection that was made with it goes with it. */
export async function forgetOwnApp(cookieHeader: string | null): Promise<void> {
  const session = await getSession(cookieHeader);
  if (session === null) return;
  await inTransaction(async (tx) => {
    if (await lockSession(tx, session.id)) await changeApp(tx, session.id, null);
  });
}
