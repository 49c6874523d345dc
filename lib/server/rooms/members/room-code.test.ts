import crypto from 'node:crypto';
import { getDb } from '@/lib/server/db/connection/client';
import { getPool } from '@/lib/server/db/connection/pool';
import { quietRooms } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { until } from '@/testing/until';
import { roomCodeSymbols } from '@/lib/shared/rules/room-code';
import { drawFreeCode } from './room-code';

const quietRoom = quietRooms(setUpSimulator());

test('HT2 a new code replaces the old one at once; who is in the room stays and learns it', async () => {
  const room = await quietRoom();
  const guest = await join(room);
  const stream = await readEvents(guest, room.path);
  expectProblem(await guest.post(`${room.path}/code`), 403, 'host_only');
  const { code } = (await room.host.post(`${room.path}/code`)).body.room;
  expect(code).not.toBe(room.code);
  await until(() => stream.snapshot()?.room.code === code);
  stream.close();
  expectProblem(await guest.get(room.path), 404, 'room_not_found');
  expect((await guest.get(`/api/rooms/${code}`)).status).toBe(200);
  const { rows } = await getPool().query(`SELECT 1 FROM "OldRoomCode" WHERE "code" = $1`, [room.code]);
  expect(rows).toHaveLength(1);
});

describe('RO4 HT2 a code that is, or was, somebody’s is not drawn again', () => {
  /** Has the generator bring these codes first, and then others. */
  function willDraw(codes: readonly string[]): jest.SpyInstance {
    const symbols = Array.from(codes.join(''), (symbol) => roomCodeSymbols.indexOf(symbol));
    const { randomInt } = crypto;
    return jest
      .spyOn(crypto, 'randomInt')
      .mockImplementation((most: number) => symbols.shift() ?? randomInt(most)) as jest.SpyInstance;
  }

  test('neither one that lives, nor one that ended, nor one that was replaced, for a day', async () => {
    const [alive, ended, replaced] = [await quietRoom(), await quietRoom(), await quietRoom()];
    await ended.host.send('DELETE', ended.path);
    await replaced.host.post(`${replaced.path}/code`);
    const drawing = willDraw([alive.code, ended.code, replaced.code, 'ZZZZZ2']);
    const code = await drawFreeCode(getDb());
    drawing.mockRestore();
    expect(code).toBe('ZZZZZ2');
  });
});
