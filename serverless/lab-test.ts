import { test } from 'node:test';

/** `npm test` runs the quick and most telling ones only; see scripts/serverless-main.ts. */
const shortForm = process.env['SERVERLESS'] === 'short';

export interface LabTestOptions {
  /** Belongs to the short form; by default it does. */
  readonly short?: boolean;
  readonly timeoutMs?: number;
}

/** Registers a test of the platform of the form that is asked for; where nothing can freeze a process, it says so and is left out. */
export function labTest(
  title: string,
  work: () => Promise<void> | void,
  { short = true, timeoutMs = 240_000 }: LabTestOptions = {},
): void {
  const skip = process.platform === 'win32' ? 'needs SIGSTOP' : false;
  if (short || !shortForm) void test(title, { timeout: timeoutMs, skip }, async () => work());
}
