import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { until } from '@/testing/until';
import { dataPath } from './paths';
import { CheckoutLock } from './checkout-lock';

const name = 'running-test';
const file = dataPath(`${name}.json`);
const children: ChildProcess[] = [];

/** A process that looks like one of ours and lives until it is killed. */
function live(program: string): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', program], { stdio: 'ignore' });
  children.push(child);
  return Object.assign(child, { pid: child.pid ?? 0 });
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const note = (content: object): void =>
  writeFileSync(file, JSON.stringify({ url: 'http://127.0.0.1:3000', ...content }));
const owner = (): number => JSON.parse(readFileSync(file, 'utf8')).pid;
const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
const print = jest.spyOn(console, 'log').mockReturnValue();

/** Whether a start has said that it waits for another one. */
const waits = (): boolean => write.mock.calls.length > 0;

beforeEach(() => write.mockClear());
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(file, { force: true });
});
afterAll(() => {
  write.mockRestore();
  print.mockRestore();
});

test('one checkout, one start: another one is refused, whatever its port, with the address of the first', async () => {
  const first = live('scripts/start.ts');
  note({ pid: first.pid, above: [process.pid] });
  await expect(CheckoutLock.take('http://127.0.0.1:3001', name)).rejects.toThrow(
    `This copy of Roomtone runs already, at http://127.0.0.1:3000 (process ${first.pid}).`,
  );
  expect(owner()).toBe(first.pid);
});

test.each([
  ['says that it ends', { ending: true }],
  ['was left by npm, killed outright', { above: [2 ** 22 + 1] }],
])('a start that %s is waited for', async (_, more) => {
  const first = live('scripts/start.ts');
  note({ pid: first.pid, ...more });
  let taken = false;
  const lock = CheckoutLock.take('http://127.0.0.1:3000', name).then((made) => {
    taken = true;
    return made;
  });
  await until(waits);
  expect(taken).toBe(false);
  await kill(first);
  await (await lock).release();
  expect(() => owner()).toThrow('ENOENT');
});

test('what a killed start has left is waited for, and other programs with its ids are not', async () => {
  const [server, stranger] = [live('serve.ts'), live('something-else')];
  note({ pid: stranger.pid, below: [server.pid, stranger.pid] });
  const lock = CheckoutLock.take('http://127.0.0.1:3000', name);
  await until(waits);
  server.kill('SIGKILL');
  await lock;
  expect(server.signalCode ?? 'SIGKILL').toBe('SIGKILL');
  expect(stranger.signalCode).toBeNull();
  expect(owner()).toBe(process.pid);
});

test('a start that was replaced changes nothing any more', async () => {
  const lock = await CheckoutLock.take('http://127.0.0.1:3000', name);
  note({ pid: 1 });
  await lock.noteEnding();
  await lock.release();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ url: 'http://127.0.0.1:3000', pid: 1 });
});
