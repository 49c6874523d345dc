/** What somebody asked to be so: a room's name, a vote, a member's name. */
export interface Change {
  readonly key: string;
  readonly value: string;
}

/**
 * What was asked for and what was promised. A change that was acknowledged has to be there; one whose answer never came may be there or
 * not. Each key is written by one person, one request after the other.
 */
export class Ledger {
  readonly #possible = new Map<string, Set<string>>();
  #acknowledged = 0;

  get acknowledged(): number {
    return this.#acknowledged;
  }

  note({ key, value }: Change, outcome: 'acknowledged' | 'unknown'): void {
    if (outcome === 'acknowledged') {
      this.#acknowledged += 1;
      this.#possible.set(key, new Set([value]));
      return;
    }
    // Before the first acknowledged change of a key nothing was promised about it.
    this.#possible.get(key)?.add(value);
  }

  /** What was promised and is not so. */
  lost(actual: ReadonlyMap<string, string>): readonly string[] {
    return [...this.#possible]
      .filter(([key, values]) => !values.has(actual.get(key) ?? '(missing)'))
      .map(([key, values]) => `${key}: ${actual.get(key) ?? '(missing)'} in place of ${[...values].join(' or ')}`);
  }
}
