/** Calls that get no answer until a test lets them go. */
export class HungCalls {
  #waiting = new Set<() => void>();

  /** Resolves when released, or when `left` aborts because the client gave up. */
  wait(left: AbortSignal): Promise<'released' | 'client_left'> {
    return new Promise((resolve) => {
      if (left.aborted) {
        resolve('client_left');
        return;
      }
      const settle = (how: 'released' | 'client_left'): void => {
        this.#waiting.delete(letGo);
        left.removeEventListener('abort', leave);
        resolve(how);
      };
      const letGo = (): void => settle('released');
      const leave = (): void => settle('client_left');
      this.#waiting.add(letGo);
      left.addEventListener('abort', leave);
    });
  }

  /** Lets every waiting call go on. Answers how many there were. */
  release(): number {
    const count = this.#waiting.size;
    for (const letGo of this.#waiting) letGo();
    return count;
  }

  get size(): number {
    return this.#waiting.size;
  }
}
