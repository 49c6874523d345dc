import 'server-only';
import type { Role } from '@/lib/shared/snapshot';
import { isConnected } from '../auth/connection';
import { getDb } from '../db/client';
import { findCurrentRoom } from '../db/rooms';
import { getSession } from '../session/session';

export interface Me {
  readonly room: { readonly code: string; readonly role: Role } | null;
  readonly spotify: { readonly authenticated: boolean };
}

/** Which room a session is in, and whether it has Spotify. Opens no session. */
export async function getMe(cookieHeader: string | null): Promise<Me> {
  const session = await getSession(cookieHeader);
  if (session === null) return { room: null, spotify: { authenticated: false } };
  const [current, authenticated] = await Promise.all([findCurrentRoom(getDb(), session.id), isConnected(session.id)]);
  return {
    room: current === null ? null : { code: current.room.code, role: current.role },
    spotify: { authenticated },
  };
}
