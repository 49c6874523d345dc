/** @jest-environment node */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Harness, redirectUri, startHarness, verifier } from '@/simulator/test-harness';
import type { AppInput } from '@/simulator/world/apps';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** An app in Alex's dashboard that Sam may use. */
async function makeApp(more: Partial<AppInput> = {}, where: Harness = harness): Promise<string> {
  const clientId = randomBytes(16).toString('hex');
  await where.control.putApp({ clientId, redirectUris: [redirectUri], owner: 'alex', allowList: ['sam'], ...more });
  return clientId;
}

/** A form for the token endpoint as an app without a secret sends it. */
const send = (fields: Record<string, string>, where: Harness = harness) =>
  where.send('POST', '/api/token', { headers: form, body: new URLSearchParams(fields).toString() });

async function logIn(clientId: string, account = 'sam', where: Harness = harness) {
  const code = await where.agree(account, { client_id: clientId });
  const answer = await send(
    { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, client_id: clientId },
    where,
  );
  expect(answer.status).toBe(200);
  return answer.body as { access_token: string; refresh_token: string };
}

const refresh = (clientId: string, token: string, where: Harness = harness) =>
  send({ grant_type: 'refresh_token', refresh_token: token, client_id: clientId }, where);
const me = (token: string) => harness.send('GET', '/v1/me', { headers: { authorization: `Bearer ${token}` } });
const invalidClient = { error: 'invalid_client', error_description: 'Invalid client' };

test('a refresh without a secret brings a new refresh token and ends the one before, or brings none', async () => {
  const rotating = await makeApp();
  const first = (await logIn(rotating)).refresh_token;
  const next = await refresh(rotating, first);
  expect(next.body).toMatchObject({ refresh_token: expect.stringMatching(/^AQ/) });
  expect((await refresh(rotating, first)).body).toEqual({
    error: 'invalid_grant',
    error_description: 'Refresh token revoked',
  });
  const keeping = await makeApp({ refreshMode: 'omit' });
  const kept = (await logIn(keeping)).refresh_token;
  for (const answer of [await refresh(keeping, kept), await refresh(keeping, kept)]) {
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty('refresh_token');
  }
});

test('what is not registered with this app ends on a page', async () => {
  const clientId = await makeApp({ redirectUris: ['https://other.example/api/spotify/callback'] });
  for (const [id, text] of [
    [clientId, 'INVALID_CLIENT: Invalid redirect URI'],
    ['f'.repeat(32), 'INVALID_CLIENT: Invalid client'],
  ] as const) {
    const page = await harness.send('GET', `/authorize?${harness.authorizeQuery({ client_id: id })}`);
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
    expect(page.text).toContain(text);
  }
});

test('each app has its own list, owner and consents', async () => {
  const [one, other] = [await makeApp(), await makeApp({ owner: 'kim', allowList: [], ownerHasPremium: false })];
  expect((await me((await logIn(one, 'alex')).access_token)).status).toBe(200);
  expect((await me((await logIn(one)).access_token)).status).toBe(200);
  // Robin is not on the list of the simulator's own app either; Kim is.
  expect((await me((await logIn(one, 'kim')).access_token)).text).toContain('not registered');
  expect((await me((await logIn(other, 'kim')).access_token)).text).toContain('owner of the app');
  const cookie = (
    await harness.send('POST', '/authorize', {
      headers: form,
      body: `${harness.authorizeQuery({ client_id: one })}&account=sam&decision=agree`,
    })
  ).headers.get('set-cookie');
  const ask = (client_id: string) =>
    harness.send('GET', `/authorize?${harness.authorizeQuery({ client_id })}`, { headers: { cookie: cookie ?? '' } });
  expect([(await ask(one)).status, (await ask(other)).status]).toEqual([303, 200]);
});

test('a code and a refresh token are of no use to another app', async () => {
  const [one, other] = [await makeApp(), await makeApp()];
  const code = await harness.agree('sam', { client_id: one });
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  expect((await send({ ...exchange, client_id: other })).body).toMatchObject({ error: 'invalid_grant' });
  const { refresh_token } = await logIn(one);
  expect((await refresh(other, refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  expect((await harness.token({ grant_type: 'refresh_token', refresh_token })).body).toMatchObject({
    error: 'invalid_grant',
  });
  expect((await refresh(one, refresh_token)).status).toBe(200);
});

test('a deleted app is unknown from then on, while its access tokens run on', async () => {
  const clientId = await makeApp();
  const { access_token, refresh_token } = await logIn(clientId);
  await harness.control.deleteApp(clientId);
  expect((await refresh(clientId, refresh_token)).body).toEqual(invalidClient);
  expect((await me(access_token)).status).toBe(200);
  await expect(harness.control.deleteApp(clientId)).rejects.toThrow('404');
});

test('a list has five people at most, and an app with a secret takes no other one', async () => {
  await expect(makeApp({ allowList: ['a', 'b', 'c', 'd', 'e', 'f'] })).rejects.toThrow('400');
  const clientId = await makeApp({ clientSecret: 'its-secret' });
  const { refresh_token } = await logIn(clientId);
  const withSecret = (secret: string) =>
    harness.token(
      { grant_type: 'refresh_token', refresh_token },
      { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    );
  expect((await withSecret('another')).body).toMatchObject({ error_description: 'Invalid client secret' });
  expect((await withSecret('its-secret')).status).toBe(200);
});

test('the log and rules tell apps apart', async () => {
  const [one, other] = [await makeApp(), await makeApp()];
  const tokens = [await logIn(one), await logIn(other)] as const;
  await harness.control.addRule({ when: { clientId: one }, action: { kind: 'answer', status: 429 } });
  expect([(await me(tokens[0].access_token)).status, (await me(tokens[1].access_token)).status]).toEqual([429, 200]);
  const calls = await harness.control.calls({ clientId: one });
  expect(calls.map(({ path }) => path)).toEqual(['/authorize', '/api/token', '/v1/me']);
});

test('apps and their logins outlive a restart', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'state.json');
  const before = await startHarness({ stateFile });
  const clientId = await makeApp({}, before);
  const { refresh_token } = await logIn(clientId, 'sam', before);
  await before.stop();
  const after = await startHarness({ stateFile });
  expect((await refresh(clientId, refresh_token, after)).status).toBe(200);
  await after.stop();
});
