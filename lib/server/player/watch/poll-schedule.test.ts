import { planRead, type ReadReason, type ScheduleInput, stretchFor } from './poll-schedule';
import { timings } from '@/lib/server/player/state/timings';

const base: ScheduleInput = {
  lastReadAt: 1_000_000,
  recentExtras: [],
  status: 'playing',
  attended: true,
  predictedEndAt: 1_200_000,
  expectedChangeAt: 1_200_000,
  handOverAt: null,
  isShortTrack: false,
  idleSince: null,
  command: null,
  failures: 0,
  blockedUntil: null,
  stretch: 1,
};
const plan = (change: Partial<ScheduleInput>, now = 1_000_001) => planRead({ ...base, ...change }, now);

describe('WT3 when the player is read', () => {
  test.each([
    ['playing', 5_000],
    ['ad', 5_000],
    ['private', 5_000],
    ['paused', 15_000],
    ['unknown', 15_000],
    ['nothing', 30_000],
    ['no_device', 30_000],
  ] as const)('%s: every %i ms', (status, interval) => {
    expect(plan({ status, predictedEndAt: null })).toEqual({ at: 1_000_000 + interval, reason: 'regular' });
  });

  test('the first read is now', () => {
    expect(plan({ lastReadAt: null })).toEqual({ at: 1_000_001, reason: 'regular' });
  });

  test('after half an hour of nothing, every minute', () => {
    const idle = { status: 'nothing', predictedEndAt: null } as const;
    expect(plan({ ...idle, idleSince: 1_000_001 - 29 * 60_000 }).at).toBe(1_030_000);
    expect(plan({ ...idle, idleSince: 1_000_001 - 30 * 60_000 }).at).toBe(1_060_000);
  });

  test('at the predicted end + 0.4, 1 and 2.5 s, until the track changed', () => {
    const end = 1_002_000;
    const read = (lastReadAt: number) => plan({ lastReadAt, predictedEndAt: end }, lastReadAt + 1);
    expect(read(1_000_000)).toEqual({ at: end + 400, reason: 'track_end' });
    expect(read(end + 400)).toEqual({ at: end + 1_000, reason: 'track_end' });
    expect(read(end + 1_000)).toEqual({ at: end + 2_500, reason: 'track_end' });
    expect(read(end + 2_500)).toEqual({ at: end + 7_500, reason: 'regular' });
  });

  test('0.6, 1.5 and 4 s after a command, until the state agrees', () => {
    const at = 1_000_500;
    const read = (lastReadAt: number, confirmed = false) =>
      plan({ lastReadAt, command: { at, confirmed }, predictedEndAt: null }, Math.max(at, lastReadAt) + 1);
    expect(read(1_000_000)).toEqual({ at: at + 600, reason: 'confirmation' });
    expect(read(at + 600)).toEqual({ at: at + 1_500, reason: 'confirmation' });
    expect(read(at + 1_500)).toEqual({ at: at + 4_000, reason: 'confirmation' });
    expect(read(at + 4_000).reason).toBe('regular');
    expect(read(at + 600, true).reason).toBe('regular');
  });

  test('after failures, 5, 10, 20 and then 30 s apart', () => {
    expect([1, 2, 3, 4, 9].map((failures) => plan({ failures }).at - 1_000_000)).toEqual([
      5_000, 10_000, 20_000, 30_000, 30_000,
    ]);
  });

  test('WT6 while Spotify wants no calls, not before the time it named', () => {
    expect(plan({ blockedUntil: 49_925_000, lastReadAt: null })).toEqual({ at: 49_925_000, reason: 'regular' });
    expect(plan({ blockedUntil: 1_000_000 }).at).toBe(1_005_000);
  });

  test('WT7 half of the day’s budget used: half as often; 80 %: a quarter', () => {
    expect([0, 0.49, 0.5, 0.79, 0.8, 1.5].map(stretchFor)).toEqual([1, 1, 2, 2, 4, 4]);
    expect(plan({ stretch: 4, predictedEndAt: null }).at).toBe(1_020_000);
  });
});

/** A small generator of numbers that are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Runs the schedule over half an hour of a room's life and gives when it read, and why. */
function simulate(
  seed: number,
  commandEveryMs: number | null,
  paused = false,
  earlyMs = 0,
): readonly { at: number; reason: ReadReason }[] {
  const random = randomFrom(seed);
  const reads: { at: number; reason: ReadReason }[] = [];
  let now = 0;
  let trackEnd = 60_000 + random() * 240_000;
  let command: ScheduleInput['command'] = null;
  let nextCommand = commandEveryMs === null ? Infinity : random() * commandEveryMs;
  while (now < 30 * 60_000) {
    const planned = planRead(
      {
        lastReadAt: reads.at(-1)?.at ?? null,
        recentExtras: reads.filter(({ at, reason }) => reason !== 'regular' && at > now - 60_000).map(({ at }) => at),
        status: paused ? 'paused' : 'playing',
        attended: true,
        isShortTrack: false,
        predictedEndAt: paused ? null : trackEnd,
        expectedChangeAt: paused ? null : trackEnd - earlyMs,
        handOverAt: paused || now > trackEnd - earlyMs - 1_000 ? null : trackEnd - earlyMs - 1_000,
        idleSince: null,
        command,
        failures: 0,
        blockedUntil: null,
        stretch: 1,
      },
      now,
    );
    if (nextCommand < planned.at) {
      now = nextCommand;
      command = { at: now, confirmed: false };
      nextCommand = now + random() * (commandEveryMs ?? 0) * 2;
      continue;
    }
    now = Math.max(now, planned.at);
    reads.push({ at: now, reason: planned.reason });
    // Spotify shows the next track, or a command's effect, only sometimes at the first read.
    if (now > trackEnd && random() < 0.5) trackEnd = now + 60_000 + random() * 240_000;
    if (command !== null && now - command.at > 600 && random() < 0.5) command = { ...command, confirmed: true };
  }
  return reads;
}

function mostInAMinute(reads: readonly { at: number }[]): number {
  return Math.max(...reads.map(({ at }) => reads.filter((read) => read.at > at - 60_000 && read.at <= at).length));
}

describe('WT3 where songs give way before their end', () => {
  const fading = { expectedChangeAt: 1_188_000, predictedEndAt: 1_200_000 };

  test('the player is read when the song is expected to, and at its end when it has not', () => {
    const at = (lastReadAt: number) => plan({ ...fading, lastReadAt }, lastReadAt + 1);
    expect(at(1_187_000)).toEqual({ at: 1_188_400, reason: 'track_end' });
    expect(at(1_188_400)).toEqual({ at: 1_189_200, reason: 'track_end' });
    expect(at(1_189_200)).toEqual({ at: 1_194_200, reason: 'regular' });
    expect(at(1_199_000)).toEqual({ at: 1_200_400, reason: 'track_end' });
  });

  test('it is read before a song is handed over, unless it was a moment ago', () => {
    const at = (lastReadAt: number, attended = true) =>
      plan({ ...fading, handOverAt: 1_185_000, attended, lastReadAt }, lastReadAt + 1);
    expect(at(1_180_500)).toEqual({ at: 1_183_500, reason: 'hand_over' });
    expect(at(1_182_500)).toEqual({ at: 1_187_500, reason: 'regular' });
    expect(at(1_175_000, false)).toEqual({ at: 1_183_500, reason: 'hand_over' });
    // Once it is late the song goes at once.
    expect(plan({ ...fading, handOverAt: 1_185_000, lastReadAt: 1_181_000 }, 1_185_000).reason).toBe('regular');
  });

  test('WT4 a read before the hand-over that the minute has no room for is left out', () => {
    const recentExtras = [1_140_000, 1_150_000, 1_160_000];
    const reads = plan({ ...fading, handOverAt: 1_185_000, lastReadAt: 1_180_500, recentExtras }, 1_180_501);
    expect(reads).toEqual({ at: 1_185_500, reason: 'regular' });
  });
});

describe('WT4 how often at most', () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

  test('15 a minute while playing without commands', () => {
    expect(Math.max(...seeds.map((seed) => mostInAMinute(simulate(seed, null))))).toBeLessThanOrEqual(15);
  });

  test('15 a minute also where songs fade into each other, and with a read before each hand-over', () => {
    for (const earlyMs of [5_000, 12_000, 40_000]) {
      const most = seeds.map((seed) => mostInAMinute(simulate(seed, null, false, earlyMs)));
      expect(Math.max(...most)).toBeLessThanOrEqual(15);
    }
  });

  test('30 a minute with any number of commands', () => {
    for (const every of [200, 1_000, 5_000]) {
      expect(Math.max(...seeds.map((seed) => mostInAMinute(simulate(seed, every))))).toBeLessThanOrEqual(30);
    }
  });

  test('5 a minute while paused', () => {
    expect(Math.max(...seeds.map((seed) => mostInAMinute(simulate(seed, null, true))))).toBeLessThanOrEqual(5);
  });

  test('the regular read is never later than its interval', () => {
    for (const seed of seeds) {
      const reads = simulate(seed, 500);
      for (const [index, { at }] of reads.entries()) {
        expect(at - (reads[index - 1]?.at ?? at)).toBeLessThanOrEqual(timings.playingMs);
      }
    }
  });
});

test('WT4 songs under a minute have a busy minute’s reads for their ends', () => {
  const recentExtras = [-50_000, -30_000, -10_000].map((ago) => 1_000_000 + ago);
  const ending = { predictedEndAt: 1_000_500, recentExtras };
  expect(plan({ ...ending, isShortTrack: true })).toEqual({ at: 1_000_900, reason: 'track_end' });
  expect(plan(ending).reason).toBe('regular');
});
