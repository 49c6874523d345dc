import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';

/** Somebody who asks something of a room's player, and may have to wait for it. */
export interface Asker {
  /** The member; null for the queue itself. */
  readonly memberId: string | null;
  /** Goes before everybody else: the host, and the queue. */
  readonly first: boolean;
  /** Looks again, when its turn has come, whether it may still be done (CM4). @throws {AppError} why not */
  readonly check: () => Promise<void>;
}

/** What somebody waits with. */
export interface Press extends Asker {
  /** Of one kind only the last one of a member waits (CM5). */
  readonly kind: string;
}

interface Waiting {
  readonly press: Press;
  readonly run: () => Promise<unknown>;
  /** Those who want to hear what came of it: who pressed, and whose presses it took the place of. */
  readonly tell: readonly ((result: Promise<unknown>) => void)[];
}

/** Presses of one member that wait at once. */
const mostWaiting = 5;

/**
 * Those who wait on this instance for one room's player: in the order in which they came, the host and the queue before the others, and of
 * each member a handful (CM5).
 */
export class CommandLine {
  readonly #onEmpty: () => void;
  #waiting: readonly Waiting[] = [];
  #isRunning = false;

  /** @param onEmpty called when nobody waits any more and nothing runs */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  /**
   * Runs `run` when its turn has come.
   *
   * @returns what came of it, or of a later press of the same kind and member that took its place
   * @throws {AppError} `rate_limited` when enough of this member's presses wait
   */
  push<T>(press: Press, run: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve) => {
      const own = this.#waiting.filter(({ press: { memberId } }) => memberId !== null && memberId === press.memberId);
      const replaced = own.find(({ press: { kind } }) => kind === press.kind);
      if (replaced === undefined && own.length >= mostWaiting) {
        throw new AppError('rate_limited', { retryAfterSeconds: 1 });
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- presses of one kind have one outcome
      const tell = [...(replaced?.tell ?? []), (result: Promise<unknown>) => resolve(result as Promise<T>)];
      // Behind what came since: of play and pause the last one counts.
      this.#insert({ press, run, tell }, replaced);
      void this.#runNext();
    });
  }

  #insert(entry: Waiting, replaced: Waiting | undefined): void {
    const others = this.#waiting.filter((known) => known !== replaced);
    const behind = entry.press.first ? others.filter(({ press }) => !press.first) : [];
    this.#waiting = [...others.filter((known) => !behind.includes(known)), entry, ...behind];
  }

  async #runNext(): Promise<void> {
    if (this.#isRunning) return;
    const [next, ...others] = this.#waiting;
    if (next === undefined) return this.#onEmpty();
    this.#waiting = others;
    this.#isRunning = true;
    const result = next.run();
    for (const tell of next.tell) tell(result);
    // What follows waits for the end, however it ended.
    await result.catch(() => undefined);
    this.#isRunning = false;
    void this.#runNext();
  }
}
