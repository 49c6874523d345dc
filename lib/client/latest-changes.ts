/**
 * Sends changes one after the other. What comes while one is under way goes out together after it, so that quick presses neither
 * overtake each other nor make a request each.
 */
export class LatestChanges<T extends object> {
  readonly #send: (change: Partial<T>) => Promise<boolean>;
  #waiting: Partial<T> | null = null;
  #running: Promise<boolean> | null = null;

  /** @param send never rejects; says whether it worked */
  constructor(send: (change: Partial<T>) => Promise<boolean>) {
    this.#send = send;
  }

  /** @returns whether everything that was asked for up to now has worked, once it is through */
  push(change: Partial<T>): Promise<boolean> {
    this.#waiting = { ...this.#waiting, ...change };
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<boolean> {
    let worked = true;
    while (this.#waiting !== null) {
      const change = this.#waiting;
      this.#waiting = null;
      worked = (await this.#send(change)) && worked;
    }
    return worked;
  }
}
