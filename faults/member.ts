import type { Answer } from '@/testing/person';
import { Person } from '@/testing/person';
import type { Ledger, Change } from './ledger';

/** How long a request is waited for, in ms: longer than a command waits for its turn and for Spotify. */
const patienceMs = 30_000;

export interface MemberPlace {
  readonly urls: readonly string[];
  readonly ledger: Ledger;
}

/** The answer to a request that did not come to its end. */
const noAnswer: Answer<unknown> = { status: 0, body: null };

/** Somebody in the room, through whichever instance. What is acknowledged goes into the ledger. */
export class Member {
  readonly person: Person;
  readonly #place: MemberPlace;
  id = '';
  /** The instance that takes this member's requests. */
  instance = 0;

  constructor(place: MemberPlace) {
    this.person = new Person(place.urls[0] ?? '');
    this.#place = place;
  }

  /** Sends a request; status 0 when no answer came. */
  async send<T>(method: string, path: string, json?: unknown, timeoutMs = patienceMs): Promise<Answer<T | null>> {
    try {
      const response = await this.person.fetch(`${this.#place.urls[this.instance]}${path}`, {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        ...(json !== undefined && { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      // The contract's answers are JSON or nothing; callers know which.
      const body: T | null = JSON.parse(text === '' ? 'null' : text);
      return { status: response.status, body };
    } catch {
      return { ...noAnswer, body: null };
    }
  }

  /** Sends a change and notes what was said about it. */
  async change<T>(method: string, path: string, json: unknown, changes: readonly Change[]): Promise<Answer<T | null>> {
    const answer = await this.send<T>(method, path, json);
    const { status } = answer;
    // A refusal changes nothing; anything else but a success may have been carried out.
    const refused = status >= 400 && status < 500;
    const outcome = status >= 200 && status < 300 ? 'acknowledged' : 'unknown';
    if (!refused) for (const change of changes) this.#place.ledger.note(change, outcome);
    return answer;
  }
}
