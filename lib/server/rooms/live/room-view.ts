import 'server-only';
import type { RoomView, You } from '@/lib/shared/contract/snapshot';
import { AppError } from '@/lib/server/runtime/app-error';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import type { ScreenViewer, Viewer } from '@/lib/server/session/room-access';
import { notePresence } from './presence';
import { getSnapshot, peekSnapshot, type SerialisedSnapshot } from './snapshot-cache';

type Personal = Pick<Viewer, 'memberId' | 'memberName' | 'role' | 'coHost'> | Pick<ScreenViewer, 'role'>;

/** What is personal about somebody's view, stamped now; a screen is nobody. */
export function toYou(viewer: Personal): You {
  const serverTime = new Date().toISOString();
  if (viewer.role === 'screen') return { memberId: null, role: 'screen', name: '', coHost: false, serverTime };
  const { memberId, memberName, role, coHost } = viewer;
  return { memberId, role, name: memberName, coHost, serverTime };
}

function requireLive(snapshot: SerialisedSnapshot | null): SerialisedSnapshot {
  if (snapshot === null || snapshot.ended) throw new AppError('room_ended');
  return snapshot;
}

/** What this instance has already, at once, when it is new enough; else read. */
function currentSnapshot(viewer: Viewer | ScreenViewer): SerialisedSnapshot | Promise<SerialisedSnapshot> {
  notePresence(viewer.roomId);
  // Somebody looks: without a stream anywhere the player is read once, so that what they see is not yesterday's.
  keepWatched(viewer.roomId);
  const known = peekSnapshot(viewer.roomId, viewer.version);
  return known === null ? getSnapshot(viewer.roomId, viewer.version).then(requireLive) : requireLive(known);
}

/** The whole view of a room for one of its members, or a screen. */
export async function getRoomView(viewer: Viewer | ScreenViewer): Promise<RoomView> {
  const { snapshot } = await currentSnapshot(viewer);
  return { snapshot, you: toYou(viewer) };
}

/** The same as JSON, around text that was made once for everybody. */
export function getRoomViewText(viewer: Viewer | ScreenViewer): string | Promise<string> {
  const textOf = ({ text }: SerialisedSnapshot): string =>
    `{"snapshot":${text},"you":${JSON.stringify(toYou(viewer))}}`;
  const snapshot = currentSnapshot(viewer);
  return snapshot instanceof Promise ? snapshot.then(textOf) : textOf(snapshot);
}
