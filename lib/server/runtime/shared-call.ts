import 'server-only';
import { setImmediate as turn } from 'node:timers/promises';

interface Burst {
  inFlight: number;
  readonly call: Promise<unknown>;
  readonly startedMs: number;
}

/** A burst that goes on for longer is cut: what it shares would be too old. */
const longestMs = 5_000;

/**
 * Lets requests that overlap share one call, also those that arrive when the call has just ended but others of the same burst are still
 * being answered: sent together, they are taken up one after the other. Requests that come after each other's answers share nothing.
 */
export class SharedCalls {
  readonly #bursts = new Map<string, Burst>();

  async run<T>(key: string, call: () => Promise<T>): Promise<T> {
    const burst = this.#join(key, call);
    burst.inFlight += 1;
    try {
      // Every caller under one key passes the same call, so what the first one began is what this one would have.
      return (await burst.call) as T;
    } catch (error) {
      // A failure is for those who waited for it: whoever asks again after hearing of it wants another call.
      this.#forget(key, burst);
      throw error;
    } finally {
      burst.inFlight -= 1;
      void this.#close(key, burst);
    }
  }

  #join(key: string, call: () => Promise<unknown>): Burst {
    const known = this.#bursts.get(key);
    if (known && Date.now() - known.startedMs < longestMs) return known;
    const burst: Burst = { inFlight: 0, call: call(), startedMs: Date.now() };
    this.#bursts.set(key, burst);
    return burst;
  }

  async #close(key: string, burst: Burst): Promise<void> {
    // What waits in the sockets is read within two turns of the event loop; an answer's way to the client and back takes longer.
    await turn();
    await turn();
    if (burst.inFlight === 0) this.#forget(key, burst);
  }

  #forget(key: string, burst: Burst): void {
    if (this.#bursts.get(key) === burst) this.#bursts.delete(key);
  }
}
