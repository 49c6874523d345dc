import { z } from 'zod';
import { firstLine, startChild, stopChild } from './child';

const ready = z.union([z.strictObject({ port: z.number() }), z.strictObject({ error: z.string() })]);

/** A child that writes these pieces, one after the other, and stays. */
function writing(...pieces: readonly string[]) {
  const program = `for (const piece of ${JSON.stringify(pieces)}) process.stdout.write(piece); process.stdin.resume()`;
  return startChild({ args: ['-e', program], env: { PATH: process.env['PATH'] }, stderr: 'inherit' });
}

test('a child’s own line is told from what the app logs before it', async () => {
  const log = '{"level":"info","event":"instance.started","port":3000}\n{"level":"warn","event":"x","error":"Error"}\n';
  const child = writing(log, 'Next says something\n{"po', 'rt":3001}\nlater');
  const others: string[] = [];
  try {
    expect(await firstLine(child, ready, 10_000, (text) => others.push(text))).toEqual({ port: 3001 });
    expect(others.join('')).toMatch(/^\{"level":"info".*\n.*"error":"Error"\}\nNext says something\n(later)?$/);
  } finally {
    await stopChild(child);
  }
});

test('a child that ends first is an error', async () => {
  const child = startChild({ args: ['-e', ''], env: { PATH: process.env['PATH'] }, stderr: 'inherit' });
  await expect(firstLine(child, ready, 10_000)).rejects.toThrow('ended while it started');
});
