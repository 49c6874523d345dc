/** Calls that get no answer until a test releases them. */
export class HungCalls {
  #waiting = new Set<() => void>();

  /** Resolves when released, or when `left` aborts because the client closed its connection. */
  wait(left: AbortSignal): Promise<'released' | 'client_left'> {
    return new Promise((resolve) => {
      if (left.aborted) {
        resolve('client_left');
        return;
      }
      const settle = (how: 'released' | 'client_left'): void => {
        this.#waiting.delete(resume);
        left.removeEventListener('abort', leave);
        resolve(how);
      };
      const resume = (): void => settle('released');
      const leave = (): void => settle('client_left');
      this.#waiting.add(resume);
      left.addEventListener('abort', leave);
    });
  }

  /** Releases every waiting call. @returns how many there were */
  release(): number {
    const count = this.#waiting.size;
    for (const resume of this.#waiting) resume();
    return count;
  }
}
