import { keepWrittenLines } from '@/testing/written-lines';
import { logPageError } from './page-errors';

function logged(error: unknown): { readonly text: string; readonly lines: readonly unknown[] } {
  const lines = keepWrittenLines();
  logPageError(error, '/room/[code]', 'the-pages-id');
  lines.stop();
  return { text: lines.err.join(''), lines: lines.err.map((line) => JSON.parse(line)) };
}

test('an error of a page says where it came from and of which request, and not what was typed', () => {
  const { text, lines } = logged(new RangeError('Alice typed this'));
  expect(lines).toMatchObject([
    {
      level: 'error',
      event: 'page.failed',
      route: '/room/[code]',
      requestId: 'the-pages-id',
      error: 'RangeError',
      stack: expect.any(String),
    },
  ]);
  expect(text).not.toContain('Alice');
});

test('EV8 a database that is away is no mistake of ours', () => {
  const { lines } = logged(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  expect(lines).toMatchObject([{ level: 'warn', event: 'database.down' }]);
});
