import { setTimeout as delay } from 'node:timers/promises';
import type { Laboratory } from './laboratory';

/** Counts connections of the app to the database twice a second. */
export class ConnectionCount {
  most = 0;
  #stopped = false;

  constructor(laboratory: Laboratory) {
    void this.#run(laboratory);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(laboratory: Laboratory): Promise<void> {
    while (!this.#stopped) {
      this.most = Math.max(this.most, await laboratory.connections().catch(() => 0));
      await delay(500);
    }
  }
}
