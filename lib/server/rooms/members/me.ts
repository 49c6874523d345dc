import 'server-only';
import type { MeResponse } from '@/lib/shared/contract/rooms';
import { isConnected } from '@/lib/server/auth/connection';
import { getDb } from '@/lib/server/db/connection/client';
import { findCurrentRoom } from '@/lib/server/db/rooms';
import { getSession } from '@/lib/server/session/session';

/** Which room a session is in, and whether it has Spotify. Opens no session. */
export async function getMe(cookieHeader: string | null): Promise<MeResponse> {
  const session = await getSession(cookieHeader);
  if (session === null) return { room: null, spotify: { authenticated: false } };
  const [current, authenticated] = await Promise.all([findCurrentRoom(getDb(), session.id), isConnected(session.id)]);
  return {
    room: current === null ? null : { code: current.room.code, role: current.role },
    spotify: { authenticated },
  };
}
