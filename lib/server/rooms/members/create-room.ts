import 'server-only';
import type { CreateRoomInput } from '@/lib/shared/contract/rooms';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { type Db, inTransaction } from '@/lib/server/db/connection/client';
import { clearCurrentRoom, enterRoom, renameMember } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { insertRoom, type RoomRow, type StoredRoomSettings, updateRoomSettings } from '@/lib/server/db/rooms';
import { networkOf } from '@/lib/server/session/network';
import type { Requester } from '@/lib/server/session/room-access';
import { openSession, renewSession } from '@/lib/server/session/session';
import { giveUpEverywhere } from './door';
import { type CurrentRoom, leaveCurrentRoom, lockSessionAndRooms } from './current-room';
import { drawFreeCode } from './room-code';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

const defaults: StoredRoomSettings & { readonly hostName: string } = {
  name: '',
  hostName: 'Host',
  guestsCanPause: false,
  votesToSkip: 2,
};

/** The room that a session hosts already, changed by what was given (RO2). */
async function updateOwn(tx: Db, current: CurrentRoom, input: CreateRoomInput): Promise<RoomRow> {
  const { hostName, ...settings } = input;
  if (hostName === undefined && Object.keys(settings).length === 0) return current.room;
  if (hostName !== undefined) await renameMember(tx, current.memberId, hostName);
  const room = await updateRoomSettings(tx, current.room.id, settings);
  await bumpRoom(tx, room.id, 'people');
  return room;
}

async function makeRoom(tx: Db, sessionId: string, address: string, input: CreateRoomInput): Promise<RoomRow> {
  const { hostName, ...settings } = { ...defaults, ...input };
  const room = await insertRoom(tx, { ...settings, code: await drawFreeCode(tx), hostSessionId: sessionId });
  await clearCurrentRoom(tx, sessionId);
  const network = networkOf(room.id, address);
  await enterRoom(tx, { roomId: room.id, sessionId, name: hostName, role: 'host', network });
  return room;
}

export interface CreatedRoom {
  readonly room: RoomDto;
  readonly created: boolean;
  readonly setCookie: string | null;
}

/**
 * Creates a room hosted by the requester, or gives the one they host (RO2). A guest elsewhere leaves there (RO1). Becoming a host
 * gives the session a new cookie id (SE-03).
 */
export async function createRoom({ cookieHeader, address }: Requester, input: CreateRoomInput): Promise<CreatedRoom> {
  const session = await openSession(cookieHeader);
  return inTransaction(async (tx) => {
    const current = await lockSessionAndRooms(tx, session.id);
    if (current?.role === 'host') {
      return { room: toRoomDto(await updateOwn(tx, current, input)), created: false, setCookie: session.setCookie };
    }
    if (current !== null) await leaveCurrentRoom(tx, current);
    const room = await makeRoom(tx, session.id, address, input);
    const setCookie = session.setCookie ?? (await renewSession(tx, session.id));
    await giveUpEverywhere(tx, session.id);
    return { room: toRoomDto(room), created: true, setCookie };
  });
}
