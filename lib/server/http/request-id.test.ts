import { stopInstance } from '@/lib/server/lifecycle';
import { parseEnv } from '@/lib/server/runtime/env';
import { keepWrittenLines } from '@/testing/written-lines';
import { AppClient } from '@/testing/people/app-client';
import { problemResponse } from './problem-response';
import { observed } from './observed';

process.env['TRUSTED_HOPS'] = '1';
afterAll(stopInstance);

const fail = observed(() => Promise.resolve(problemResponse(new TypeError('Alice typed this'))));
const call = (headers: Record<string, string> = {}) =>
  fail(new Request('http://127.0.0.1:3000/api/x', { headers }), { params: Promise.resolve(undefined) });

test('an error is answered and logged under the same id, with where it came from and without its message', async () => {
  const lines = keepWrittenLines();
  const answer = await call();
  lines.stop();
  const body = await answer.json();
  expect(answer.status).toBe(500);
  expect(body.requestId).toMatch(/^[\w-]{36}$/);
  expect(answer.headers.get('x-request-id')).toBe(body.requestId);
  const [line = ''] = lines.err;
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    event: 'request.failed',
    requestId: body.requestId,
    error: 'TypeError',
    stack: expect.stringContaining('lib/server/http/request-id.test.ts:'),
  });
  expect(line).not.toContain('Alice');
  expect(JSON.stringify(body)).not.toMatch(/Alice|TypeError/);
});

test('the id that a trusted proxy gave is kept, and what is none is not', async () => {
  const ids = ['a-proxys-id.1:2_3', 'short', 'with spaces in it', 'x'.repeat(97), '<script>alert(1)</script>'];
  const lines = keepWrittenLines();
  const answers = await Promise.all(ids.map((id) => call({ 'x-request-id': id })));
  const vercel = await call({ 'x-vercel-id': 'fra1::iad1::abcde-1700000000000-0123456789ab' });
  lines.stop();
  const given = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(given[0]).toBe(ids[0]);
  for (const [index, id] of given.entries()) if (index > 0) expect(id).toMatch(/^[\w-]{36}$/);
  expect(vercel.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test.each([
  [{}, null],
  [{ TRUSTED_HOPS: '2' }, 'x-request-id'],
  [{ VERCEL: '1', APP_URL: 'https://room.example' }, 'x-vercel-id'],
])('%j trusts %s', (variables, header) => {
  const source = { ...process.env, TRUSTED_HOPS: undefined, ...variables };
  const parsed = parseEnv(source);
  expect(parsed.ok && parsed.value.requestIdHeader).toBe(header);
});

test('every answer has an id, failures in their document too', async () => {
  const client = new AppClient();
  const [good, missing, refused] = [
    await client.get('/api/me'),
    await client.get('/api/nothing'),
    await client.send('PUT', '/api/me'),
  ];
  const ids = [good, missing, refused].map(({ headers }) => headers.get('x-request-id'));
  expect(new Set(ids).size).toBe(3);
  expect([missing.body.requestId, refused.body.requestId]).toEqual(ids.slice(1));
  expect(good.body.requestId).toBeUndefined();
});
