import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { AppClient } from '@/testing/people/app-client';
import { logIn } from '@/testing/people/spotify-login';
import { readLoginOutcome } from './login-outcome';

const spotify = setUpSimulator();

test('LG12 the page says which of the two causes it was, of the last login and of this browser’s alone', async () => {
  const account = await spotify.account();
  const client = new AppClient();
  const shown = (person: AppClient): Promise<string | undefined> =>
    readLoginOutcome(person.headers['cookie'] ?? null, 'not_allowed');
  for (const [rule, outcome] of [
    [faults.ownerWithoutPremium(), 'owner_not_premium'],
    [faults.notRegistered(), 'not_allowed'],
    [faults.ownerWithoutPremium(), 'owner_not_premium'],
  ] as const) {
    await spotify.control.addRule({ ...rule, when: { path: '/v1/me', account }, times: 1 });
    // What the address says is the contract's.
    expect(await logIn(client, account)).toBe('/?spotify=not_allowed');
    expect(await shown(client)).toBe(outcome);
  }
  expect(await shown(new AppClient())).toBe('not_allowed');
  expect(await readLoginOutcome(client.headers['cookie'] ?? null, 'denied')).toBe('denied');
  expect(await readLoginOutcome(client.headers['cookie'] ?? null, ['not_allowed', 'denied'])).toBeUndefined();
});

test('LG14 a login that no try will make succeed is told as that, and as nothing else once another one failed otherwise', async () => {
  const account = await spotify.account();
  const client = new AppClient();
  for (const [rule, outcome] of [
    [faults.invalidClient(401), 'app_refused'],
    [faults.tokenOutage(), 'failed'],
    [faults.invalidClient(400), 'app_refused'],
  ] as const) {
    await spotify.control.addRule({ ...rule, when: { path: '/api/token', account }, times: 1 });
    expect(await logIn(client, account)).toBe('/?spotify=failed');
    expect(await readLoginOutcome(client.headers['cookie'] ?? null, 'failed')).toBe(outcome);
  }
});
