/** Runs requests one after the other, so that quick presses do not overtake each other on the way. A failed one keeps none back. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(request: () => Promise<T>): Promise<T> {
    const result = this.#last.then(request, request);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
