/** One call to the accounts service or the Web API. Holds no token, code, secret or state. */
export interface LoggedCall {
  readonly sequence: number;
  /** ISO 8601, real time. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON body of a Web API call, as text. */
  readonly body: string | null;
  readonly account: string | null;
  /** The app that the call names, or whose token it brings. */
  readonly clientId: string | null;
  /** Number of the access token, counted from the first one ever issued. */
  readonly tokenOrdinal: number | null;
  readonly grantType: string | null;
  /** The rule that acted on the call. */
  readonly ruleId: number | null;
  /** Null until it is answered, and for calls that never are. */
  readonly status: number | null;
  readonly outcome: 'open' | 'answered' | 'reset' | 'client_left';
  /** Whether the call did what it asks for. */
  readonly executed: boolean;
}

export type CallDraft = Omit<LoggedCall, 'sequence' | 'status' | 'outcome' | 'executed' | 'ruleId'>;

/** Which calls a test asks for. */
export interface CallFilter {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly account?: string | undefined;
  readonly clientId?: string | undefined;
  readonly grantType?: string | undefined;
  readonly executed?: boolean | undefined;
  readonly outcome?: LoggedCall['outcome'] | undefined;
  /** Only later ones. */
  readonly after?: number | undefined;
}

const keptCalls = 20_000;

/** Every call, in the order of arrival. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #nextSequence = 1;
  #listeners = new Set<() => void>();

  open(draft: CallDraft): number {
    const sequence = this.#nextSequence;
    this.#nextSequence += 1;
    this.#calls.push({ ...draft, sequence, ruleId: null, status: null, outcome: 'open', executed: false });
    if (this.#calls.length > keptCalls) this.#calls.shift();
    this.#notify();
    return sequence;
  }

  update(sequence: number, change: Partial<Pick<LoggedCall, 'status' | 'outcome' | 'executed' | 'ruleId'>>): void {
    const index = this.#calls.findLastIndex((call) => call.sequence === sequence);
    const call = this.#calls[index];
    if (call === undefined) return;
    this.#calls[index] = { ...call, ...change };
    this.#notify();
  }

  find(filter: CallFilter): readonly LoggedCall[] {
    return this.#calls.filter(
      (call) =>
        (filter.method === undefined || call.method === filter.method) &&
        (filter.path === undefined || call.path === filter.path) &&
        (filter.account === undefined || call.account === filter.account) &&
        (filter.clientId === undefined || call.clientId === filter.clientId) &&
        (filter.grantType === undefined || call.grantType === filter.grantType) &&
        (filter.executed === undefined || call.executed === filter.executed) &&
        (filter.outcome === undefined || call.outcome === filter.outcome) &&
        (filter.after === undefined || call.sequence > filter.after),
    );
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#calls = [];
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
