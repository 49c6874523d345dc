import { type Answer, Person, type SendOptions } from '@/testing/people/person';
import type { Change, Ledger } from './ledger';

/** How long a request is waited for, in ms: longer than a command waits for its turn and for Spotify. */
const patienceMs = 30_000;

export interface MemberPlace {
  readonly urls: readonly string[];
  readonly ledger: Ledger;
}

/** Somebody in the room, through whichever instance. What is acknowledged goes into the ledger. */
export class Member extends Person {
  readonly #place: MemberPlace;
  #instance = 0;
  id = '';

  constructor(place: MemberPlace) {
    super(place.urls[0] ?? '');
    this.#place = place;
  }

  /** The instance that takes this member's requests. */
  get instance(): number {
    return this.#instance;
  }

  set instance(index: number) {
    this.#instance = index;
    this.url = this.#place.urls[index] ?? '';
  }

  /** Status 0 when no answer came, or not to its end. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
  override async send<Body = any>(method: string, path: string, options: SendOptions = {}): Promise<Answer<Body>> {
    const noAnswer: Answer = { status: 0, headers: new Headers(), body: null };
    return super
      .send<Body>(method, path, { signal: AbortSignal.timeout(patienceMs), ...options })
      .catch(() => noAnswer);
  }

  /** Sends a change and notes what was said about it. */
  async change(method: string, path: string, json: unknown, changes: readonly Change[]): Promise<Answer> {
    const answer = await this.send(method, path, { json });
    const { status } = answer;
    // A refusal changes nothing; anything else but a success may have been carried out.
    const refused = status >= 400 && status < 500;
    const outcome = status >= 200 && status < 300 ? 'acknowledged' : 'unknown';
    if (!refused) for (const change of changes) this.#place.ledger.note(change, outcome);
    return answer;
  }
}
