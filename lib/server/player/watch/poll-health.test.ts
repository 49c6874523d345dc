import { SpotifyError } from '@/lib/server/spotify/errors';
import { afterChange, afterFailure, failuresOf, healthyPolls, isFailureShown, type PollHealth } from './poll-health';

const now = 1_000_000;
const outage = new SpotifyError('server_error');
const limited = new SpotifyError('rate_limited', { retryAfterSeconds: 120 });
const ended = new SpotifyError('grant_ended');

/** What so many failures one after the other make of it. */
const after = (...errors: readonly SpotifyError[]): PollHealth =>
  errors.reduce<PollHealth>((health, error) => afterFailure(health, error, now), healthyPolls);

test('failures are counted until a read is good', () => {
  expect([healthyPolls, after(outage), after(outage, limited, outage)].map(failuresOf)).toEqual([0, 1, 3]);
});

test('WT6 a time that Spotify names is kept, uncut, until something else fails', () => {
  expect(after(limited)).toEqual({ kind: 'blocked', failures: 1, until: now + 120_000 });
  expect(after(limited, outage)).toEqual({ kind: 'failing', failures: 2 });
});

test.each(['not_connected', 'grant_ended', 'missing_scope'] as const)(
  '%s waits for the host, and ends with any change of the room',
  (kind) => {
    const health = after(new SpotifyError(kind));
    expect(health).toEqual({ kind: 'dormant', failures: 1, until: now + 60_000 });
    expect(afterChange(health)).toEqual({ kind: 'failing', failures: 1 });
  },
);

test('WT6 a change of the room ends no block', () => {
  expect(afterChange(after(limited))).toEqual(after(limited));
  expect(afterChange(healthyPolls)).toEqual(healthyPolls);
});

test('one lost answer is not spoken of, two are; a refusal is at once', () => {
  expect(isFailureShown(after(outage), outage)).toBe(false);
  expect(isFailureShown(after(outage, outage), outage)).toBe(true);
  expect(isFailureShown(after(ended), ended)).toBe(true);
  expect(isFailureShown(after(limited), limited)).toBe(true);
});

test('WT10 a pause of a few seconds is shown when the read after it is refused too', () => {
  const paused = new SpotifyError('paused', { retryAfterSeconds: 3 });
  const once = afterFailure(healthyPolls, paused, 1_000);
  expect(once).toMatchObject({ kind: 'blocked', until: 4_000 });
  expect(isFailureShown(once, paused)).toBe(false);
  expect(isFailureShown(afterFailure(once, paused, 5_000), paused)).toBe(true);
});
