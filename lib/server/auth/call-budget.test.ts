import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import type { CallKind } from '@/lib/server/spotify/web-api';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { gateOf, usedBudget } from './call-budget';

const callGate = gateOf(null, 'grant');

/** A day's budget that a test can use up. */
const ceiling = 100;

beforeAll(() => {
  process.env['SPOTIFY_CALLS_PER_DAY'] = String(ceiling);
});

const forget = async (): Promise<void> => {
  await getPool().query('DELETE FROM "SpotifyCallCount"');
  await getPool().query('UPDATE "SpotifyGate" SET "blockedUntil" = NULL, "reason" = NULL');
};
beforeEach(forget);
afterAll(async () => {
  await forget();
  await stopInstance();
});

/** What the gate answers: null when it lets the call pass. */
async function knock(kind: CallKind): Promise<SpotifyError | null> {
  try {
    await callGate.enter(kind, 'player');
    return null;
  } catch (error) {
    if (error instanceof SpotifyError) return error;
    throw error;
  }
}

/** How many calls of that kind pass until the first that does not. */
async function passing(kind: CallKind): Promise<number> {
  let passed = 0;
  while ((await knock(kind)) === null) passed += 1;
  return passed;
}

const counted = async (): Promise<number> => {
  const { rows } = await getPool().query('SELECT coalesce(sum("calls"), 0)::int AS "calls" FROM "SpotifyCallCount"');
  return rows[0].calls;
};

describe('WT7 the day’s budget', () => {
  test('search gives way to reads, and reads to commands', async () => {
    expect(await passing('search')).toBe(80);
    expect(await passing('read')).toBe(15);
    expect(await passing('search')).toBe(0);
    expect(await passing('command')).toBe(5);
    const refused = await knock('command');
    expect([refused?.kind, refused?.retryAfterSeconds]).toEqual(['quota_exceeded', 3_600]);
    expect(usedBudget(null)).toBeGreaterThanOrEqual(1);
  });

  test('is exceeded by no more calls than are counted at the same moment', async () => {
    const left = 30;
    for (let used = left; used < ceiling; used += 1) await knock('command');
    // Few enough to have their turn at ten connections on a starved machine.
    const answers = await Promise.all(Array.from({ length: 2 * left }, () => knock('command')));
    const passed = answers.filter((answer) => answer === null).length;
    expect(passed).toBeGreaterThanOrEqual(left);
    expect(passed).toBeLessThanOrEqual(left + getPool().options.max);
  });

  test('counts the last 24 hours, and nothing older', async () => {
    await passing('command');
    await getPool().query(`UPDATE "SpotifyCallCount" SET "hour" = "hour" - interval '25 hours'`);
    expect(await knock('command')).toBeNull();
  });
});

describe('WT10 a pause of one family of routes', () => {
  test('stops that family alone, of every kind of call, and counts none of them', async () => {
    await callGate.block('rate_limit', 3, 'player');
    await expect(callGate.enter('command', 'player')).rejects.toMatchObject({ kind: 'paused' });
    await expect(callGate.enter('read', 'player')).rejects.toMatchObject({ kind: 'paused' });
    expect(await counted()).toBe(0);
    await callGate.enter('search', 'search');
    await callGate.enter('read', 'tracks');
    await callGate.enterToken();
  });

  test('gives way to a block of everything', async () => {
    await callGate.block('rate_limit', 3, 'player');
    await callGate.block('quota', 100, null);
    await expect(callGate.enter('read', 'player')).rejects.toMatchObject({ kind: 'quota_exceeded' });
  });

  test('WT11 of the accounts service stops token requests alone', async () => {
    await callGate.block('rate_limit', 40, 'token');
    const refused = { kind: 'rate_limited', retryAfterSeconds: expect.any(Number) };
    await expect(callGate.enterToken()).rejects.toMatchObject(refused);
    expect(await knock('command')).toBeNull();
  });
});

describe('WT6 a block', () => {
  test('refuses every kind of call, uncut, and counts none of them', async () => {
    await callGate.block('quota', 48_925, null);
    for (const kind of ['command', 'profile', 'read', 'search'] as const) {
      const refused = await knock(kind);
      expect(refused?.kind).toBe('quota_exceeded');
      expect(refused?.retryAfterSeconds).toBeGreaterThan(48_900);
    }
    expect(await counted()).toBe(0);
  });

  test('is not shortened by a shorter one that comes later', async () => {
    await callGate.block('quota', 48_925, null);
    await callGate.block('rate_limit', 5, null);
    expect((await knock('command'))?.retryAfterSeconds).toBeGreaterThan(48_900);
  });

  test('ends by itself', async () => {
    await callGate.block('rate_limit', 120, null);
    expect((await knock('command'))?.kind).toBe('rate_limited');
    await getPool().query(`UPDATE "SpotifyGate" SET "blockedUntil" = now() - interval '1 second'`);
    expect(await knock('command')).toBeNull();
  });
});

describe('AP5 each app has its own', () => {
  const own = gateOf('e'.repeat(32), 'grant');
  afterEach(() => getPool().query('DELETE FROM "OwnAppCallCount"; DELETE FROM "OwnAppGate"'));

  test('budget, which stretches the polls of its rooms alone', async () => {
    for (let calls = 0; calls < 60; calls += 1) await own.enter('read', 'player');
    expect(await counted()).toBe(0);
    await callGate.enter('read', 'player');
    expect([usedBudget('e'.repeat(32)), usedBudget(null), usedBudget('f'.repeat(32))]).toEqual([0.6, 0.01, 0]);
    for (let calls = 60; calls < ceiling; calls += 1) await own.enter('command', 'player');
    await expect(own.enter('command', 'player')).rejects.toMatchObject({ kind: 'quota_exceeded' });
    expect(await knock('command')).toBeNull();
  });

  test('blocks: of everything, of one family, and of the accounts service', async () => {
    const another = gateOf('f'.repeat(32), 'grant');
    await own.block('quota', 100, null);
    await own.block('rate_limit', 50, null);
    await another.block('rate_limit', 3, 'player');
    await another.block('rate_limit', 40, 'token');
    await expect(own.enter('read', 'search')).rejects.toMatchObject({ kind: 'quota_exceeded' });
    await expect(another.enter('read', 'player')).rejects.toMatchObject({ kind: 'paused' });
    await expect(another.enterToken()).rejects.toMatchObject({ kind: 'rate_limited' });
    await Promise.all([own.enterToken(), another.enter('read', 'search'), callGate.enterToken()]);
    expect(await knock('read')).toBeNull();
  });

  test('a login heeds what stops the app, and neither counts nor stops anything', async () => {
    const login = gateOf('e'.repeat(32), 'login');
    await login.enter('profile', 'profile');
    for (const family of [null, 'profile', 'token'] as const) await login.block('quota', 4_000, family);
    await own.enter('profile', 'profile');
    await own.enterToken();
    expect(usedBudget('e'.repeat(32))).toBe(0.01);
    await own.block('quota', 100, null);
    await own.block('rate_limit', 100, 'token');
    await expect(login.enter('profile', 'profile')).rejects.toMatchObject({ kind: 'quota_exceeded' });
    await expect(login.enterToken()).rejects.toMatchObject({ kind: 'rate_limited' });
  });
});
