import { getPool } from '@/lib/server/db/connection/pool';
import { add, quietRooms, uriOf } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import type { TestRoom } from '@/testing/people/party';

const spotify = setUpSimulator();
const quietRoom = quietRooms(spotify);

describe('QU11 what ends with Spotify and the room', () => {
  test.each([
    ['disconnect', (room: TestRoom) => room.host.send('DELETE', '/api/spotify/connection')],
    ['the end of the room', (room: TestRoom) => room.host.send('DELETE', room.path)],
  ])('%s deletes the queue and the blocks', async (_what, end) => {
    const room = await quietRoom();
    await add(room.host, room, uriOf(0));
    await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: 'Nobody' });
    await end(room);
    const { rows } = await getPool().query(
      `SELECT (SELECT count(*)::int FROM "QueueItem" q WHERE q."roomId" = r."id")
            + (SELECT count(*)::int FROM "RoomBlock" b WHERE b."roomId" = r."id") AS "left" FROM "Room" r WHERE r."code" = $1`,
      [room.code],
    );
    expect(rows[0].left).toBe(0);
  });
});
