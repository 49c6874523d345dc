export interface SendOptions {
  readonly json?: unknown;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A response, read. Tests look into bodies freely; what they expect of them is what they check. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
export interface Answer<Body = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Somebody with a browser of their own, as far as the API sees one: it keeps its cookies. Here over HTTP, at a running instance. */
export class Person {
  readonly cookies = new Map<string, string>();
  /** The address that takes this person's requests: any instance of a deployment may. */
  url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** What every request of theirs says. */
  get headers(): Readonly<Record<string, string>> {
    if (this.cookies.size === 0) return {};
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  /**
   * The response as it comes; for streams and redirects.
   *
   * @param path below this person's address, or a whole address
   * @throws {TypeError} when the instance does not answer
   */
  async fetch(method: string, path: string, { json, body, headers = {}, signal }: SendOptions = {}): Promise<Response> {
    const all = new Headers({ ...this.headers, ...headers });
    if (json !== undefined && !all.has('content-type')) all.set('content-type', 'application/json');
    const content = json === undefined ? body : JSON.stringify(json);
    const init: RequestInit & { duplex?: 'half' } = { method, headers: all, redirect: 'manual' };
    if (content !== undefined) Object.assign(init, { body: content, duplex: 'half' });
    if (signal !== undefined) init.signal = signal;
    const response = await this.carry(path.startsWith('http') ? path : this.url + path, init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const separator = pair.indexOf('=');
      this.cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
    }
    return response;
  }

  /** @throws {TypeError} when the instance does not answer, or not to the end */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
  async send<Body = any>(method: string, path: string, options: SendOptions = {}): Promise<Answer<Body>> {
    const response = await this.fetch(method, path, options);
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  get(path: string, options?: SendOptions): Promise<Answer> {
    return this.send('GET', path, options);
  }

  post(path: string, json?: unknown, options: SendOptions = {}): Promise<Answer> {
    return this.send('POST', path, json === undefined ? options : { ...options, json });
  }

  /** Takes a request to the app. */
  protected carry(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, init);
  }
}
