/** Which of the two times of the simulator: the age of codes, tokens and grants, or the song that plays. */
export type ClockName = 'tokens' | 'players';

/**
 * Two times that run together until a test moves one of them, so that letting a token expire does not change the song.
 * All values are milliseconds since 1970.
 */
export interface SimulatorClock {
  now(name: ClockName): number;
  advance(name: ClockName, ms: number): void;
  /** The same day of the month, `months` later, in UTC; the last day where that month is shorter. */
  advanceMonths(name: ClockName, months: number): void;
  offset(name: ClockName): number;
  reset(): void;
}

/** Adds calendar months in UTC. */
export function addMonths(timeMs: number, months: number): number {
  const from = new Date(timeMs);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  const to = new Date(timeMs);
  to.setUTCMonth(from.getUTCMonth() + months, Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}

/** Makes a clock on top of `base`, which a test replaces to own the time. */
export function createClock(base: () => number): SimulatorClock {
  const offsets: Record<ClockName, number> = { tokens: 0, players: 0 };
  const now = (name: ClockName): number => base() + offsets[name];
  return {
    now,
    advance(name, ms) {
      offsets[name] += ms;
    },
    advanceMonths(name, months) {
      const from = now(name);
      offsets[name] += addMonths(from, months) - from;
    },
    offset: (name) => offsets[name],
    reset() {
      offsets.tokens = 0;
      offsets.players = 0;
    },
  };
}
