import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { withLock } from './lock';
import { dataPath } from './paths';

test('what goes under one name happens one after the other', async () => {
  let inside = 0;
  const most: number[] = [];
  const work = async (): Promise<void> => {
    inside += 1;
    await new Promise((resolve) => setImmediate(resolve));
    most.push(inside);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock('lock-test', work)));
  expect(most).toEqual(Array.from({ length: 8 }, () => 1));
  expect(existsSync(dataPath('lock-test.lock'))).toBe(false);
});

test('a failure gives the lock back, and a killed process holds nothing', async () => {
  await expect(withLock('lock-test', () => Promise.reject(new Error('on purpose')))).rejects.toThrow('on purpose');
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  writeFileSync(dataPath('lock-test.lock'), `${child.pid} of one that was killed`);
  const order: string[] = [];
  await Promise.all(['a', 'b'].map((name) => withLock('lock-test', () => order.push(name))));
  expect(order.toSorted()).toEqual(['a', 'b']);
});
