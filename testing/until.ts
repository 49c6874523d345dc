import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `look` gives something other than null, undefined or false. Fails after `timeoutMs`: as long as a starved machine may need, since
 * how fast something is, is no promise of a test that waits for it.
 */
export async function until<T>(
  look: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<T, null | undefined | false>> {
  for (const deadline = Date.now() + timeoutMs; ; await delay(15)) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen as Exclude<T, null | undefined | false>;
    if (Date.now() > deadline) throw new Error('What was waited for did not come.');
  }
}
