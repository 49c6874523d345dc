import 'server-only';
import { perProcess } from './per-process';

/** How long what was said is only counted, in ms. */
const repeatMs = 3_600_000;

interface Said {
  atMs: number;
  /** How often it would have been said since. */
  more: number;
}

/**
 * Whether something is to be logged now: once an hour, however often it happens (RL-13).
 *
 * @returns fields for its line, with how often it happened unsaid, if it did; null when it was said lately
 */
export function unlessSaidLately(what: string): { readonly more?: number } | null {
  const all = perProcess('said-lately', () => new Map<string, Said>());
  const before = all.get(what);
  const atMs = performance.now();
  if (before !== undefined && atMs - before.atMs < repeatMs) {
    before.more += 1;
    return null;
  }
  all.set(what, { atMs, more: 0 });
  return before === undefined || before.more === 0 ? {} : { more: before.more };
}
