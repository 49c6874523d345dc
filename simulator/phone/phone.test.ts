/** @jest-environment node */
import { once } from 'node:events';
import { request } from 'node:http';
import { type Harness, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset());

const press = (what: string, headers: Record<string, string> = {}) =>
  harness.send('POST', '/?account=alex', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: `press=${what}`,
  });

describe('the host’s own app', () => {
  test('shows what plays', async () => {
    const page = await harness.send('GET', '/');
    expect(page.status).toBe(200);
    for (const text of [
      'Simulated Spotify',
      'Alex’s Spotify app',
      'Low Tide',
      'Harbour Lights Committee',
      'Kitchen speaker',
      'data:image/svg',
    ])
      expect(page.text).toContain(text);
    expect((await harness.send('GET', '/?account=sam')).text).toContain('Paper Planets');
    expect((await harness.send('GET', '/?account=nobody')).status).toBe(404);
  });

  test('presses buttons as the host does', async () => {
    expect((await press('pause')).headers.get('location')).toBe('/?account=alex');
    expect(await harness.control.player('alex')).toMatchObject({ playing: false });
    await press('next');
    expect(await harness.control.player('alex')).toMatchObject({ playing: true, itemName: 'Two Left Shoes' });
  });

  test('does not let another site press them', async () => {
    expect((await press('pause', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await harness.control.player('alex')).toMatchObject({ playing: true });
  });
});

test('pages of other sites reach nothing of it: neither by a name that they point here, nor by a form', async () => {
  const { port } = new URL(harness.simulator.url);
  const ask = async (method: string, path: string, headers: Record<string, string>): Promise<number> => {
    const [response] = await once(request({ port, method, path, headers }).end(), 'response');
    response.resume();
    return response.statusCode;
  };
  const own = `127.0.0.1:${port}`;
  for (const [method, path] of [
    ['GET', '/'],
    ['POST', '/?account=alex'],
    ['GET', '/authorize'],
    ['POST', '/authorize'],
    ['GET', '/v1/me'],
    ['POST', '/control/reset'],
  ] as const) {
    expect([path, await ask(method, path, { host: `evil.example:${port}` })]).toEqual([path, 403]);
    expect([path, await ask(method, path, { host: own, origin: 'http://evil.example' })]).toEqual([path, 403]);
    expect([path, await ask(method, path, { host: own, origin: `http://${own}` })]).not.toEqual([path, 403]);
  }
});
