import { test } from 'node:test';

/** Registers a test of the platform; where nothing can freeze a process, it says so and is left out. */
export function labTest(title: string, work: () => Promise<void> | void): void {
  const skip = process.platform === 'win32' ? 'needs SIGSTOP' : false;
  void test(title, { timeout: 240_000, skip }, async () => work());
}
