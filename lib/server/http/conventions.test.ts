import * as fallback from '@/app/api/[[...path]]/route';
import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { paths } from '@/testing/people/app-routes';
import { expectProblem } from '@/testing/jest/matchers';
import { isOnAppUrl, requireSameOrigin } from './request-origin';

afterAll(stopInstance);

const json = { 'content-type': 'application/json' };
const big = JSON.stringify({ name: 'x'.repeat(17_000) });

/** A body that comes in pieces, without its length being said before. */
function pieces(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < text.length; at += 1_000)
        controller.enqueue(new TextEncoder().encode(text.slice(at, at + 1_000)));
      controller.close();
    },
  });
}

describe('a request is checked in the order that docs/api.md names', () => {
  const client = new AppClient();
  const foreign = { origin: 'https://evil.example' };

  test('method before origin', async () => {
    expectProblem(await client.send('PUT', '/api/rooms', { headers: foreign }), 405, 'method_not_allowed');
  });

  test('origin before size', async () => {
    expectProblem(
      await client.post('/api/rooms', undefined, { body: big, headers: { ...json, ...foreign } }),
      403,
      'cross_origin',
    );
  });

  test('size before type', async () => {
    const headers = { 'content-type': 'text/plain' };
    expectProblem(await client.post('/api/rooms', undefined, { body: big, headers }), 413, 'payload_too_large');
    expectProblem(await client.post('/api/rooms', undefined, { body: pieces(big), headers }), 413, 'payload_too_large');
  });

  test('type before content', async () => {
    const headers = { 'content-type': 'text/plain' };
    expectProblem(await client.post('/api/rooms', undefined, { body: '{', headers }), 415, 'unsupported_media_type');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expectProblem(
      await client.post('/api/rooms', undefined, { body: 'name=x', headers: form }),
      415,
      'unsupported_media_type',
    );
  });

  test('content before room, room before membership, membership before role', async () => {
    expectProblem(await client.post('/api/rooms/ZZZZZZ/members', { name: 1 }), 400, 'invalid_request');
    expectProblem(await client.post('/api/rooms/ZZZZZZ/members', { name: 'x' }), 404, 'room_not_found');
    const room = await makeRoom();
    expectProblem(await client.send('PATCH', room.path, { json: {} }), 403, 'not_a_member');
    const guest = await join(room);
    expectProblem(await guest.send('PATCH', room.path, { json: { votesToSkip: 0 } }), 400, 'invalid_request');
    expectProblem(await guest.send('PATCH', room.path, { json: {} }), 403, 'host_only');
    expectProblem(await guest.post(`${room.path}/playback/next`), 403, 'host_only');
    expectProblem(await room.host.post(`${room.path}/playback/next`), 409, 'spotify_not_connected');
  });
});

describe('bodies', () => {
  test('errors name the field with a dotted path', async () => {
    const answer = await new AppClient().post('/api/rooms', { votesToSkip: 'two', guestsCanPause: 1 });
    expectProblem(answer, 400, 'invalid_request');
    expect(answer.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'guestsCanPause',
      'votesToSkip',
    ]);
  });

  test.each([
    '[]',
    'null',
    '"x"',
    '1',
    '{',
    '{"name":null}',
    '{"votesToSkip":0}',
    '{"votesToSkip":101}',
    '{"votesToSkip":1.5}',
    '{"name":"a\\u0000"}',
    '\u{feff}{',
  ])('%s is refused', async (body) => {
    expectProblem(await new AppClient().post('/api/rooms', undefined, { body, headers: json }), 400, 'invalid_request');
  });

  test('unknown keys are ignored, and __proto__ is only a key', async () => {
    const body = '{"name":"Kitchen","__proto__":{"guestsCanPause":true},"role":"host","code":"AAAAAA"}';
    const answer = await new AppClient().post('/api/rooms', undefined, { body, headers: json });
    expect(answer.status).toBe(201);
    expect(answer.body.room).toMatchObject({ name: 'Kitchen', guestsCanPause: false });
    expect(Reflect.get({}, 'guestsCanPause')).toBeUndefined();
  });

  test('16 KiB are taken', async () => {
    const body = JSON.stringify({ name: 'Kitchen', more: 'x'.repeat(16_000) });
    expect((await new AppClient().post('/api/rooms', undefined, { body, headers: json })).status).toBe(201);
  });
});

describe('every address', () => {
  const mutating = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
  const all = ['GET', 'HEAD', ...mutating, 'OPTIONS'] as const;
  const allowedHeads = new Set([
    '/api/health',
    '/api/health/live',
    '/api/health/ready',
    '/api/me',
    '/api/rooms/[code]',
  ]);
  const filled = (path: string): string => path.replace('[code]', 'ZZZZZZ').replace('[id]', 'nobody');

  test.each(paths)('%s answers what it does not do with 405 and Allow', async (path) => {
    const allowed = (await new AppClient().send('OPTIONS', filled(path))).headers.get('allow')?.split(', ') ?? [];
    expect(allowed.length).toBeGreaterThan(0);
    expect(allowed.includes('HEAD')).toBe(allowedHeads.has(path));
    for (const method of all) {
      const answer = await new AppClient(`192.0.2.${50 + all.indexOf(method)}`).send(method, filled(path));
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      if (!allowed.includes(method)) expectProblem(answer, 405, 'method_not_allowed');
      else expect(answer.status).not.toBe(405);
    }
  });

  test.each(paths)('WB-01 %s refuses other sites what changes something', async (path) => {
    const allowed = (await new AppClient().send('OPTIONS', filled(path))).headers.get('allow')?.split(', ') ?? [];
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://127.0.0.1:3001' },
      { origin: 'https://127.0.0.1:3000' },
    ];
    for (const method of mutating) {
      if (!allowed.includes(method)) continue;
      for (const headers of foreign) {
        expectProblem(await new AppClient('192.0.2.40').send(method, filled(path), { headers }), 403, 'cross_origin');
      }
    }
  });

  test('what does not exist is not found', async () => {
    expectProblem(await new AppClient().get('/api/nothing'), 404, 'not_found');
    expectProblem(await new AppClient().get('/api/rooms/AAAAAA/nothing'), 404, 'not_found');
  });

  test.each(['GET', ...mutating, 'OPTIONS'])(
    'what does not exist is not found with %s, whatever is sent',
    async (method) => {
      const handler = Object.entries(fallback).find(([name]) => name === method)?.[1];
      const content = [
        { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        { body: '{', headers: json },
        { body: big, headers: json },
        { headers: { origin: 'https://evil.example' } },
      ];
      for (const { body, headers } of method === 'GET' ? content.slice(3) : content) {
        const request = new Request('http://127.0.0.1:3000/api/nope', {
          method,
          headers,
          ...(body !== undefined && { body }),
        });
        const answer = await handler?.(request, { params: Promise.resolve({ path: ['nope'] }) });
        expect(answer?.status).toBe(404);
        expect(await answer?.json()).toMatchObject({ code: 'not_found' });
      }
    },
  );
});

describe('origins', () => {
  const lan = new Set(['192.168.1.20', 'fe80::1']);
  const request = (headers: Record<string, string>): Request =>
    new Request('http://127.0.0.1:3000/api/rooms', { method: 'POST', headers });
  const refusal = (headers: Record<string, string>): boolean => {
    try {
      requireSameOrigin(request(headers), lan);
      return false;
    } catch {
      return true;
    }
  };

  test('the app’s own, neither header, and phones on the network pass', () => {
    expect(refusal({})).toBe(false);
    expect(refusal({ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' })).toBe(false);
    expect(refusal({ host: '192.168.1.20:3000', origin: 'http://192.168.1.20:3000' })).toBe(false);
    expect(refusal({ host: '127.0.0.2:3000', origin: 'http://127.0.0.2:3000' })).toBe(false);
  });

  test('a host that is not this machine’s proves nothing', () => {
    expect(refusal({ host: 'evil.example', origin: 'http://evil.example' })).toBe(true);
    expect(refusal({ host: '192.168.1.99:3000', origin: 'http://192.168.1.99:3000' })).toBe(true);
    expect(refusal({ host: '192.168.1.20:3000', origin: 'https://192.168.1.20:3000' })).toBe(true);
    expect(refusal({ host: '192.168.1.20:3000', origin: 'http://192.168.1.21:3000' })).toBe(true);
  });

  test('a LAN address is not the app’s own', () => {
    expect(isOnAppUrl('127.0.0.1:3000', lan)).toBe(true);
    expect(isOnAppUrl('192.168.1.20:3000', lan)).toBe(false);
    expect(isOnAppUrl('localhost:3000', lan)).toBe(false);
    expect(isOnAppUrl('room.example', lan)).toBe(true);
  });
});
