/** An answer, read. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Somebody with a browser of their own, as far as the API sees one: for the programs that drive a running deployment. */
export class Person {
  readonly #appUrl: string;
  #cookie = '';

  /** @param appUrl the deployment's own address, where rooms are made and Spotify returns to */
  constructor(appUrl: string) {
    this.#appUrl = appUrl;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#cookie === '' ? {} : { cookie: this.#cookie };
  }

  /** @throws {TypeError} when the instance does not answer, or not to the end */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== '') headers.set('cookie', this.#cookie);
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      if (pair.startsWith('roomtone_session')) this.#cookie = pair;
    }
    return response;
  }

  async send<T = unknown>(method: string, url: string, json?: unknown): Promise<Answer<T>> {
    const response = await this.fetch(url, {
      method,
      ...(json !== undefined && { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    // The contract's answers are JSON or nothing; callers know which.
    const body: T = JSON.parse(text === '' ? 'null' : text);
    return { status: response.status, body };
  }

  /** The whole login at the simulated Spotify. */
  async logIn(account: string): Promise<void> {
    const begun = await this.fetch(`${this.#appUrl}/api/spotify/authorize`);
    const consent = new URL(begun.headers.get('location') ?? '');
    const form = new URLSearchParams(consent.search);
    form.set('account', account);
    form.set('decision', 'agree');
    const agreed = await fetch(`${consent.origin}${consent.pathname}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const returned = await this.fetch(agreed.headers.get('location') ?? '');
    const target = returned.headers.get('location') ?? '';
    if (!target.includes('spotify=connected')) throw new Error(`The login went wrong: ${returned.status} ${target}`);
  }
}
