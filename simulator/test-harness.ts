import { createHash } from 'node:crypto';
import { type ControlClient, createControlClient } from './control-client';
import { type Simulator, startSimulator } from './server';
import type { SimulatorOptions } from './world/world';

/** Every scope that the simulator's own tests ask for. */
export const allScopes = [
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
  'playlist-read-private',
  'playlist-modify-private',
  'playlist-modify-public',
] as const;

export const redirectUri = 'http://127.0.0.1:3000/api/spotify/callback';
export const verifier = 'a-verifier-that-is-long-enough-for-everybody-0123456789';
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const basic = `Basic ${Buffer.from('harness-client:harness-secret').toString('base64')}`;

/** One answer of the simulator: the body as text, and parsed where it is JSON. */
export interface HarnessAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** A simulator under test whose time stands still until the test moves it. */
export interface Harness {
  readonly simulator: Simulator;
  readonly control: ControlClient;
  /** Milliseconds; assign to move the time. */
  now: number;
  /** Sends a request as it is. */
  send(
    method: string,
    path: string,
    init?: { headers?: Record<string, string>; body?: string },
  ): Promise<HarnessAnswer>;
  /** Sends a Web API call of an account that has granted every scope. */
  api(method: string, path: string, body?: unknown, account?: string): Promise<HarnessAnswer>;
  /** Sends a form to the token endpoint with the right client credentials. */
  token(form: Record<string, string>, headers?: Record<string, string>): Promise<HarnessAnswer>;
  /** The query of an ordinary `GET /authorize`. */
  authorizeQuery(changes?: Record<string, string | null>): URLSearchParams;
  /** Agrees on the consent page; answers the code. */
  agree(account?: string, changes?: Record<string, string | null>): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a harness. Call `stop` at the end of the test file. */
export async function startHarness(options: Partial<SimulatorOptions> = {}): Promise<Harness> {
  const time = { now: Date.UTC(2026, 10, 20, 20, 0, 0) };
  const simulator = await startSimulator({
    clientId: 'harness-client',
    clientSecret: 'harness-secret',
    redirectUris: [redirectUri, 'https://roomtone.example/api/spotify/callback', 'http://[::1]/cb'],
    controlSecret: 'harness-control-secret',
    clock: () => time.now,
    ...options,
  });
  const control = createControlClient(simulator);
  const tokens = new Map<string, string>();

  const send: Harness['send'] = async (method, path, init = {}) => {
    const response = await fetch(simulator.url + path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const body: unknown = isJson ? JSON.parse(text) : null;
    return { status: response.status, headers: response.headers, text, body };
  };

  const authorizeQuery: Harness['authorizeQuery'] = (changes = {}) => {
    const query = new URLSearchParams({
      client_id: 'harness-client',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'user-read-playback-state user-modify-playback-state',
      state: 'a-state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    return query;
  };

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    simulator,
    control,
    get now() {
      return time.now;
    },
    set now(value) {
      time.now = value;
    },
    send,
    async api(method, path, body, account = 'alex') {
      const token = tokens.get(account) ?? (await control.login(account, allScopes)).accessToken;
      tokens.set(account, token);
      return send(method, path, {
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    },
    token: (fields, headers = {}) =>
      send('POST', '/api/token', {
        headers: { authorization: basic, ...form, ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
    authorizeQuery,
    async agree(account = 'alex', changes = {}) {
      const fields = authorizeQuery(changes);
      fields.set('account', account);
      fields.set('decision', 'agree');
      const answer = await send('POST', '/authorize', { headers: form, body: fields.toString() });
      const code = new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('code');
      if (code === null) throw new Error(`No code came back: ${answer.status} ${answer.text.slice(0, 200)}`);
      return code;
    },
    stop: () => simulator.stop(),
  };
}
