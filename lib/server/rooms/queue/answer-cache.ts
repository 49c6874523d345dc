import 'server-only';
import { LRUCache } from 'lru-cache';
import { AppError } from '@/lib/server/runtime/app-error';
import { SpotifyError } from '@/lib/server/spotify/errors';

/** For how long an answer of Spotify's counts as new, and for how long it is kept for when no new one can be had, in ms. */
const freshMs = 5 * 60_000;
const keptMs = 30 * 60_000;

/** While Spotify wants no calls or does not answer, or the room has had its share, what it said a while ago is better than nothing. */
function isPassing(failure: unknown): boolean {
  if (failure instanceof AppError) return failure.code === 'rate_limited';
  if (!(failure instanceof SpotifyError)) return false;
  return ['rate_limited', 'quota_exceeded', 'paused'].includes(failure.kind) || failure.outcomeUnknown;
}

interface Answer<T> {
  readonly value: T;
  readonly atMs: number;
}

/**
 * Answers of Spotify's in one process: asked for once in five minutes however many want them, also while they are under way. Failures are
 * not kept; where one will pass, an answer up to half an hour old is given instead.
 */
export class AnswerCache<T> {
  readonly #answers: LRUCache<string, Answer<T>, () => Promise<T>>;
  readonly #now: () => number;

  /**
   * @param most answers that are kept; the one that was used longest ago gives way
   * @param now ms since some moment before the first call
   */
  constructor(most: number, now: () => number = () => Date.now()) {
    this.#now = now;
    this.#answers = new LRUCache({
      max: most,
      ttl: freshMs,
      ttlResolution: 0,
      perf: { now },
      noDeleteOnFetchRejection: true,
      // An answer that came another way meanwhile is no reason to fail those who wait for this one.
      ignoreFetchAbort: true,
      fetchMethod: async (_key, old, { options, context: ask }) => {
        try {
          return this.#stamp(await ask());
        } catch (failure) {
          options.allowStaleOnFetchRejection = old !== undefined && now() - old.atMs < keptMs && isPassing(failure);
          throw failure;
        }
      },
    });
  }

  #stamp(value: T): Answer<T> {
    return { value, atMs: this.#now() };
  }

  /** The answer under that key; what `ask` throws where no old one is better. */
  async get(key: string, ask: () => Promise<T>): Promise<T> {
    return (await this.#answers.forceFetch(key, { context: ask })).value;
  }

  /** Keeps an answer that came another way. */
  put(key: string, value: T): void {
    this.#answers.set(key, this.#stamp(value));
  }
}
