import { act, renderHook } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { TvScreen } from './tv-screen';
import { useOwnScreen } from './use-own-screen';

const showing = (code: string) => ({
  status: 200,
  body: { screen: { code, expiresAt: '2026-12-01T12:00:00.000Z', room: null } },
});
const paired = {
  status: 200,
  body: { screen: { code: null, expiresAt: null, room: { code: 'BCD234', name: 'Kitchen' } } },
};
const notFound = { status: 404, body: { code: 'screen_not_found', detail: 'No screen.' } };
const down = { status: 503, body: { code: 'unavailable', detail: 'Away.' } };

/** A TV on which `/tv` was opened, with the server's answers. */
async function switchOn() {
  const went: string[] = [];
  const tv = renderHook(() => useOwnScreen((path) => void went.push(path)));
  await act(() => jest.advanceTimersByTimeAsync(0));
  return { tv, went, look: () => act(() => jest.advanceTimersByTimeAsync(3_000)) };
}

describe('SN4 a TV', () => {
  let server: RoomPage;
  beforeEach(() => {
    jest.useFakeTimers();
    server = new RoomPage();
    server.answer('POST /api/screens', showing('BCDFGH'));
    server.answer('GET /api/screens/me', showing('BCDFGH'));
  });
  afterEach(() => jest.useRealTimers());

  test('shows its code, and goes to the room when somebody has used it', async () => {
    const { tv, went, look } = await switchOn();
    expect(tv.result.current).toEqual({ code: 'BCDFGH', problem: null });
    await look();
    expect(went).toEqual([]);
    server.answer('GET /api/screens/me', paired);
    await look();
    expect(went).toEqual(['/room/BCD234/display']);
    await look();
    expect(went).toHaveLength(1);
  });

  test('takes a new code by itself when its own is too old', async () => {
    const { tv, look } = await switchOn();
    server.answer('GET /api/screens/me', notFound);
    server.answer('POST /api/screens', showing('XYZ789'));
    await look();
    expect(tv.result.current).toEqual({ code: 'XYZ789', problem: null });
  });

  test('says that the server is away, keeps its code, and goes on by itself', async () => {
    const { tv, went, look } = await switchOn();
    server.answer('GET /api/screens/me', down);
    await look();
    expect(tv.result.current).toEqual({ code: 'BCDFGH', problem: 'Roomtone does not answer. Trying again…' });
    server.answer('GET /api/screens/me', showing('BCDFGH'));
    await look();
    expect(tv.result.current).toEqual({ code: 'BCDFGH', problem: null });
    server.answer('GET /api/screens/me', paired);
    await look();
    expect(went).toEqual(['/room/BCD234/display']);
  });

  test('that was switched on before the server has its code as soon as that answers', async () => {
    server.answer('POST /api/screens', down);
    const { tv, look } = await switchOn();
    expect(tv.result.current).toEqual({ code: null, problem: 'Roomtone does not answer. Trying again…' });
    server.answer('POST /api/screens', showing('BCDFGH'));
    await look();
    expect(tv.result.current).toEqual({ code: 'BCDFGH', problem: null });
  });

  test('that was made a person in another tab says so', async () => {
    server.answer('POST /api/screens', {
      status: 409,
      body: { code: 'already_member', detail: 'This browser is in a room already.' },
    });
    const { tv } = await switchOn();
    expect(tv.result.current.problem).toBe('This browser is in a room already.');
  });
});

test('SN4 a TV shows the code to scan and to type, and where phones reach the app', async () => {
  const page = new RoomPage();
  page.answer('POST /api/screens', showing('BCDFGH'));
  page.answer('GET /api/screens/me', showing('BCDFGH'));
  await page.show(makeView(), <TvScreen origin="http://192.168.1.23:3000" hereAlone={false} joinPath="/room/BCD234" />);
  expect(page.text).toContain('BCDFGH');
  expect(page.text).toContain('192.168.1.23:3000');
  expect(page.find('img', /^QR code/)).not.toBeNull();
  expect(page.find('link', 'Join as a person')?.getAttribute('href')).toBe('/room/BCD234');
  await page.show(makeView(), <TvScreen origin={null} hereAlone joinPath="/" />);
  expect(page.text).toContain('for this computer alone');
  expect(page.find('img', /^QR code/)).toBeNull();
  await page.close();
});
