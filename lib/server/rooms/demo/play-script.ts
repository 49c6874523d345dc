import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { getDb } from '@/lib/server/db/connection/client';
import { type DemoRow, findDemo, leaveOutAct, takeAct } from '@/lib/server/db/demos';
import { findMemberById, noteAllSeen } from '@/lib/server/db/members';
import { findRoom } from '@/lib/server/db/rooms';
import { singleFlight } from '@/lib/server/runtime/single-flight';
import { endSilentRooms } from '@/lib/server/rooms/cleanup';
import type { Viewer } from '@/lib/server/session/room-access';
import { perform } from './perform';
import { lineAt, searchAt } from './script';

/** A scripted guest as the room's services know a member; null when the visitor has removed it, or the room has ended. */
async function toViewer(roomId: string, memberId: string | undefined): Promise<Viewer | null> {
  if (memberId === undefined) return null;
  const [room, member] = [await findRoom(getDb(), roomId), await findMemberById(getDb(), roomId, memberId)];
  if (room === null || room.endedAt !== null || member?.inRoom !== true) return null;
  return {
    roomId,
    code: room.code,
    name: room.name,
    version: 0,
    hostSessionId: room.hostSessionId,
    guestsCanPause: room.guestsCanPause,
    votesToSkip: room.votesToSkip,
    admission: 'open',
    demo: true,
    sessionId: member.sessionId,
    memberId: member.id,
    memberName: member.name,
    role: member.role,
    // Nobody's: what a demo causes is not counted (WT12).
    address: '',
    coHost: member.coHost,
  };
}

async function playLine(roomId: string, { step, guestIds }: DemoRow): Promise<void> {
  const { act, guest } = lineAt(step);
  if (!(await takeAct(roomId, step, lineAt(step + 1).after))) return;
  await noteAllSeen(guestIds);
  const viewer = await toViewer(roomId, guestIds[guest]);
  const done = viewer === null ? true : await perform(viewer, act, searchAt(step)).catch(allowRefusal);
  // A pause that was none has no end either.
  if (!done) await leaveOutAct(roomId, step + 1);
}

/** What a guest is refused now and then is no failure: the song played a while ago, another one is on. */
function allowRefusal(error: unknown): boolean {
  if (error instanceof AppError) return true;
  throw error;
}

/**
 * Plays what is due of a demo's script, once over all instances (DM4), and ends the room when its hour is over (DM3).
 *
 * @throws what its database throws
 */
export function playScript(roomId: string): Promise<void> {
  return singleFlight('demo-scripts', roomId, async () => {
    const demo = await findDemo(roomId);
    if (demo === null) return;
    if (demo.over) await endSilentRooms();
    else if (demo.due) await playLine(roomId, demo);
  });
}
