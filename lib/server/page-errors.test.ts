import { keepWrittenLines } from '@/testing/written-lines';
import { logPageError } from './page-errors';

test('an error of a page says where it came from, and not what was typed', () => {
  const lines = keepWrittenLines();
  logPageError(new RangeError('Alice typed this'), '/room/[code]');
  lines.stop();
  expect(lines.err.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', event: 'page.failed', route: '/room/[code]', error: 'RangeError', stack: expect.any(String) },
  ]);
  expect(lines.err.join('')).not.toContain('Alice');
});
