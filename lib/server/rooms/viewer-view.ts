import 'server-only';
import type { RoomView, You } from '@/lib/shared/snapshot';
import { AppError } from '@/lib/shared/app-error';
import { getRoomWatches } from '../player/watches';
import type { Viewer } from '../session/room-access';
import { notePresence } from './presence';
import { getSnapshot, type SerialisedSnapshot } from './snapshot-cache';

/** What is personal about a member's view, stamped now. */
export function toYou(member: {
  readonly memberId: string;
  readonly memberName: string;
  readonly role: You['role'];
}): You {
  return {
    memberId: member.memberId,
    role: member.role,
    name: member.memberName,
    serverTime: new Date().toISOString(),
  };
}

async function currentSnapshot(viewer: Viewer): Promise<SerialisedSnapshot> {
  notePresence(viewer.roomId);
  // Somebody looks: without a stream anywhere the player is read once, so that what they see is not yesterday's.
  getRoomWatches().touch(viewer.roomId);
  const snapshot = await getSnapshot(viewer.roomId, viewer.version);
  if (snapshot === null || snapshot.ended) throw new AppError('room_ended');
  return snapshot;
}

/** The whole view of a room for one of its members. */
export async function getRoomView(viewer: Viewer): Promise<RoomView> {
  const { snapshot } = await currentSnapshot(viewer);
  return { snapshot, you: toYou(viewer) };
}

/** The same as JSON, around bytes that were made once for everybody. */
export async function getRoomViewText(viewer: Viewer): Promise<string> {
  const { text } = await currentSnapshot(viewer);
  return `{"snapshot":${text},"you":${JSON.stringify(toYou(viewer))}}`;
}
