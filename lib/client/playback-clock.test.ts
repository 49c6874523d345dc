import { formatTime, positionAt } from './playback-clock';

test('a position runs on by the server’s clock, and never past the end', () => {
  const facts = {
    status: 'playing',
    positionMs: 1_000,
    measuredAt: '2026-11-24T12:00:00.000Z',
    durationMs: 200_000,
  } as const;
  const at = Date.parse('2026-11-24T12:00:10.000Z');
  expect(positionAt(facts, 0, at)).toBe(11_000);
  expect(positionAt(facts, -3_600_000, at + 3_600_000)).toBe(11_000);
  expect(positionAt(facts, 0, at + 900_000)).toBe(200_000);
  expect(positionAt({ ...facts, status: 'paused' }, 0, at)).toBe(1_000);
  expect(positionAt(facts, 0, at - 60_000)).toBe(1_000);
  expect([0, 7_000, 187_000, 3_765_000].map(formatTime)).toEqual(['0:00', '0:07', '3:07', '1:02:45']);
});
