import 'server-only';

export interface RecentAnswersOptions {
  /** For how long an answer counts as new, in ms. */
  readonly freshMs: number;
  /** For how long it is kept to be given where a new one is not to be had, in ms. */
  readonly keptMs: number;
  /** Answers that are kept at most; the oldest gives way. */
  readonly most: number;
  /** Whether an old answer is better than this failure. */
  readonly oldIsBetter: (failure: unknown) => boolean;
  /** The time now, in ms since the epoch. */
  readonly now?: () => number;
}

interface Answer<T> {
  readonly value: T;
  readonly atMs: number;
}

/** Answers of one process, kept for a while: asked for once however many want them, also while they are under way. Failures are not kept. */
export class RecentAnswers<T> {
  readonly #options: RecentAnswersOptions;
  /** The oldest first. */
  readonly #answers = new Map<string, Answer<T>>();
  readonly #underWay = new Map<string, Promise<T>>();

  constructor(options: RecentAnswersOptions) {
    this.#options = options;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  /** The answer under that key, new or still new enough; what `ask` throws where no old one is better. */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known !== undefined && this.#now() - known.atMs < this.#options.freshMs) return Promise.resolve(known.value);
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const asking = this.#ask(key, ask).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asking);
    return asking;
  }

  async #ask(key: string, ask: () => Promise<T>): Promise<T> {
    try {
      const value = await ask();
      this.put(key, value);
      return value;
    } catch (failure) {
      const old = this.#answers.get(key);
      const usable = old !== undefined && this.#now() - old.atMs < this.#options.keptMs;
      if (!usable || !this.#options.oldIsBetter(failure)) throw failure;
      return old.value;
    }
  }

  /** Keeps an answer that came another way. */
  put(key: string, value: T): void {
    const { keptMs, most } = this.#options;
    const now = this.#now();
    this.#answers.delete(key);
    this.#answers.set(key, { value, atMs: now });
    for (const [oldest, { atMs }] of this.#answers) {
      if (this.#answers.size <= most && now - atMs < keptMs) break;
      this.#answers.delete(oldest);
    }
  }
}
