import 'server-only';
import type { SpotifyError, SpotifyErrorKind } from '@/lib/server/spotify/errors';

/** How a watcher's reads of Spotify go. Times are ms since the epoch. */
export type PollHealth =
  | { readonly kind: 'good' }
  /** Spotify does not answer, or not with what was asked. */
  | { readonly kind: 'failing'; readonly failures: number }
  /** Spotify named a time until which it wants no calls (WT6). */
  | { readonly kind: 'blocked'; readonly failures: number; readonly until: number }
  /** Only something the host does helps: nothing is read until the room changes, or for a while. */
  | { readonly kind: 'dormant'; readonly failures: number; readonly until: number };

export const healthyPolls: PollHealth = { kind: 'good' };

/** Failures after which only something the host does helps. */
const waitsForHost: ReadonlySet<SpotifyErrorKind> = new Set(['not_connected', 'grant_ended', 'missing_scope']);

/** How long nothing is read when only the host can help and nothing changes, in ms. */
const dormantMs = 60_000;

/** Failures one after the other from which the room shows that Spotify does not answer. */
const failuresShown = 2;

/** Reads that failed since the last good one. */
export function failuresOf(health: PollHealth): number {
  return health.kind === 'good' ? 0 : health.failures;
}

/** The health after a failed read. */
export function afterFailure(
  before: PollHealth,
  error: Pick<SpotifyError, 'kind' | 'retryAfterSeconds'>,
  now: number,
): PollHealth {
  const failures = failuresOf(before) + 1;
  if (waitsForHost.has(error.kind)) return { kind: 'dormant', failures, until: now + dormantMs };
  if (error.retryAfterSeconds !== null) {
    return { kind: 'blocked', failures, until: now + error.retryAfterSeconds * 1_000 };
  }
  return { kind: 'failing', failures };
}

/** The health after a change of the room: the host may have done what was waited for. */
export function afterChange(health: PollHealth): PollHealth {
  return health.kind === 'dormant' ? { kind: 'failing', failures: health.failures } : health;
}

/** Whether a failure is shown: a single lost answer is not, nor a single pause of a few seconds (WT10). */
export function isFailureShown(health: PollHealth, error: Pick<SpotifyError, 'kind' | 'outcomeUnknown'>): boolean {
  const isPassing = error.outcomeUnknown || error.kind === 'paused';
  return !isPassing || failuresOf(health) >= failuresShown;
}
