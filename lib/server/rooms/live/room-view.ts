import 'server-only';
import type { RoomView, You } from '@/lib/shared/contract/snapshot';
import { AppError } from '@/lib/server/runtime/app-error';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import type { Viewer } from '@/lib/server/session/room-access';
import { notePresence } from './presence';
import { getSnapshot, peekSnapshot, type SerialisedSnapshot } from './snapshot-cache';

/** What is personal about a member's view, stamped now. */
export function toYou(member: {
  readonly memberId: string;
  readonly memberName: string;
  readonly role: You['role'];
  readonly coHost: boolean;
}): You {
  return {
    memberId: member.memberId,
    role: member.role,
    name: member.memberName,
    coHost: member.coHost,
    serverTime: new Date().toISOString(),
  };
}

function requireLive(snapshot: SerialisedSnapshot | null): SerialisedSnapshot {
  if (snapshot === null || snapshot.ended) throw new AppError('room_ended');
  return snapshot;
}

/** What this instance has already, at once, when it is new enough; else read. */
function currentSnapshot(viewer: Viewer): SerialisedSnapshot | Promise<SerialisedSnapshot> {
  notePresence(viewer.roomId);
  // Somebody looks: without a stream anywhere the player is read once, so that what they see is not yesterday's.
  keepWatched(viewer.roomId);
  const known = peekSnapshot(viewer.roomId, viewer.version);
  return known === null ? getSnapshot(viewer.roomId, viewer.version).then(requireLive) : requireLive(known);
}

/** The whole view of a room for one of its members. */
export async function getRoomView(viewer: Viewer): Promise<RoomView> {
  const { snapshot } = await currentSnapshot(viewer);
  return { snapshot, you: toYou(viewer) };
}

/** The same as JSON, around text that was made once for everybody. */
export function getRoomViewText(viewer: Viewer): string | Promise<string> {
  const textOf = ({ text }: SerialisedSnapshot): string =>
    `{"snapshot":${text},"you":${JSON.stringify(toYou(viewer))}}`;
  const snapshot = currentSnapshot(viewer);
  return snapshot instanceof Promise ? snapshot.then(textOf) : textOf(snapshot);
}
