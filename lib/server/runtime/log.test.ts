import { AsyncResource } from 'node:async_hooks';
import { keepWrittenLines } from '@/testing/written-lines';
import { log } from './log';
import { inRequest } from './request-scope';

/** What `work` writes to both streams, as parsed lines. */
async function written(work: () => unknown): Promise<{ readonly out: unknown[]; readonly err: unknown[] }> {
  const lines = keepWrittenLines();
  try {
    await work();
  } finally {
    lines.stop();
  }
  const parse = (line: string): unknown => JSON.parse(line);
  return { out: lines.out.map(parse), err: lines.err.map(parse) };
}

test('info goes to standard output, warnings and errors to standard error, each as one line with its time', async () => {
  const { out, err } = await written(() => {
    log.info('a.b', { n: 1 });
    log.warn('c.d');
    log.error('e.f', { forged: '\n{"level":"info"}' });
  });
  expect(out).toEqual([{ level: 'info', at: expect.stringMatching(/^\d{4}-.*Z$/), event: 'a.b', n: 1 }]);
  expect(err).toEqual([
    { level: 'warn', at: expect.any(String), event: 'c.d' },
    { level: 'error', at: expect.any(String), event: 'e.f', forged: '\n{"level":"info"}' },
  ]);
});

test('debug is silent unless LOG_LEVEL asks for it', async () => {
  expect(await written(() => log.debug('a.b'))).toEqual({ out: [], err: [] });
});

test('what looks like a secret does not get out, by whatever field', async () => {
  const canary = 'BQDw3xT7kLm9PzQ2vR8yNc5sWf1hJ6gA4bE0uKtXo';
  const lines = await written(() => {
    log.info('a.b', { token: canary, note: `about ${canary}`, address: `https://x.example/?code=${canary}` });
    log.warn('a.b', { cookie: `roomtone_session=${canary}`, detail: `roomtone_session=${canary}` });
  });
  expect(lines.out.length + lines.err.length).toBe(2);
  expect(JSON.stringify(lines)).not.toContain(canary);
});

test('lines of a request carry its id until it is answered, and nobody else’s', async () => {
  const later: (() => void)[] = [];
  const { out } = await written(async () => {
    const answer = async (): Promise<void> => {
      await Promise.resolve();
      log.info('inside');
      // What a request leaves behind, a watcher for instance, keeps its context.
      later.push(AsyncResource.bind(() => log.info('later')));
    };
    await Promise.all(['first-request', 'second-request'].map((id) => inRequest(id, answer)));
    for (const line of later) line();
    log.info('outside');
  });
  const line = (event: string, requestId?: string) => ({
    level: 'info',
    at: expect.any(String),
    event,
    ...(requestId !== undefined && { requestId }),
  });
  expect(out).toEqual([
    line('inside', 'first-request'),
    line('inside', 'second-request'),
    line('later'),
    line('later'),
    line('outside'),
  ]);
});
