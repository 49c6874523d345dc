import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { metrics } from '@/lib/server/runtime/metrics';
import { traced } from '@/lib/server/runtime/traced';
import { type BoundedResponse, boundedFetch } from './bounded-fetch';
import { toSpotifyError } from './error-mapping';
import { failedWith, outcomeOf, SpotifyError } from './errors';
import { readJson } from './read-json';
import { familyOf, type RouteFamily } from './route-family';

/** What a call is for: commands go before reads, reads before search. */
export type CallKind = 'command' | 'read' | 'search' | 'profile';

/** The one place every call of the deployment passes. */
export interface CallGate {
  /** Counts the call, or refuses it while Spotify wants none. @throws {SpotifyError} `rate_limited`, `quota_exceeded`, `paused` */
  enter(kind: CallKind, family: RouteFamily): Promise<void>;
  /** Remembers for every instance that Spotify wants no calls, or none of one family (WT10). */
  block(reason: 'rate_limit' | 'quota', seconds: number, family: RouteFamily | null): Promise<void>;
}

export interface WebApiOptions {
  /** `/v1/…` is appended. */
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly gate: CallGate;
}

/** Milliseconds a call may take in all (RL-01). */
const timeoutMs = 5_000;

type Method = 'GET' | 'PUT' | 'POST';

interface Call {
  readonly kind: CallKind;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer as parsed; `value` is null for one without news: 202, 204, or 200 without JSON (PB4). */
interface ReadResponse<T> {
  readonly status: number;
  readonly value: T | null;
}

function parse<Schema extends z.ZodType>(
  { status, text }: BoundedResponse,
  schema: Schema,
): ReadResponse<z.infer<Schema>> {
  let body: unknown;
  try {
    body = readJson(text);
  } catch {
    return { status, value: null };
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new SpotifyError('invalid_response', { status, cause: parsed.error });
  return { status, value: parsed.data };
}

function requireValue<T>({ status, value }: ReadResponse<T>): NonNullable<T> {
  if (value == null) throw new SpotifyError('invalid_response', { status });
  return value;
}

/**
 * How calls get to Spotify's Web API and back: through the gate, within a time, with refusals in our words. Nothing is ever repeated
 * here: whether a call may be repeated depends on what it was for.
 *
 * Every method throws {@link SpotifyError}.
 */
export class WebApi {
  readonly #options: WebApiOptions;

  constructor(options: WebApiOptions) {
    this.#options = options;
  }

  /**
   * Calls, and once more after a pause of a few seconds that Spotify asks for: what it refused so was not carried out, and nobody need hear of it
   * (WT10). Polls are repeated by their own schedule.
   */
  async #call<T>(method: Method, path: string, call: Call, read: (answer: BoundedResponse) => T): Promise<T> {
    try {
      return await this.#callOnce(method, path, call, read);
    } catch (error) {
      const isPoll = call.kind === 'read' && familyOf(path) === 'player';
      if (isPoll || !failedWith(error, 'paused')) throw error;
      await delay((error.retryAfterSeconds ?? 0) * 1_000);
      return this.#callOnce(method, path, call, read);
    }
  }

  /** Passes the gate, calls, and reads the answer. */
  async #callOnce<T>(method: Method, path: string, call: Call, read: (answer: BoundedResponse) => T): Promise<T> {
    const { kind } = call;
    const count = (outcome: string): void => metrics().spotifyCalls.inc({ kind, outcome });
    try {
      await this.#options.gate.enter(kind, familyOf(path));
    } catch (error) {
      count('held_back');
      throw error;
    }
    const stop = metrics().spotifySeconds.startTimer({ kind });
    try {
      const about = { 'roomtone.method': method, 'roomtone.kind': kind };
      const result = await traced('spotify call', about, async () => read(await this.#send(method, path, call)));
      count('ok');
      return result;
    } catch (error) {
      count(outcomeOf(error));
      throw error;
    } finally {
      stop();
    }
  }

  async #send(method: Method, path: string, call: Call): Promise<BoundedResponse> {
    const { apiUrl, accessToken, gate } = this.#options;
    const query = new URLSearchParams(call.query).toString();
    const headers: Record<string, string> = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const init: RequestInit = { method, headers };
    if (call.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(call.body);
    }
    const answer = await boundedFetch(`${apiUrl}/v1${path}${query === '' ? '' : `?${query}`}`, init, timeoutMs);
    if (answer.status >= 200 && answer.status < 300) return answer;
    const error = toSpotifyError(answer, new Date());
    if (error.retryAfterSeconds !== null) {
      const reason = error.kind === 'quota_exceeded' ? 'quota' : 'rate_limit';
      await gate.block(reason, error.retryAfterSeconds, error.kind === 'paused' ? familyOf(path) : null);
    }
    // Only a playlist can be forbidden by itself; any other read that is refused without a reason is refused for the account.
    if (error.kind === 'forbidden' && method === 'GET' && familyOf(path) !== 'playlists') {
      throw new SpotifyError('account_not_allowed', { status: answer.status });
    }
    throw error;
  }

  /** Any 2xx is success; the body of a command is never read. */
  async command(method: 'PUT' | 'POST', path: string, query: Call['query'] = {}, body?: unknown): Promise<void> {
    await this.#call(method, path, { kind: 'command', query, body }, () => undefined);
  }

  /**
   * Asks for something that has an answer. One that makes no sense is no answer (PB9).
   *
   * @throws {SpotifyError} `invalid_response` for anything but JSON that is what was asked for
   */
  async read<Schema extends z.ZodType>(path: string, schema: Schema, call: Call): Promise<z.infer<Schema>> {
    return this.#call('GET', path, call, (answer) => requireValue(parse(answer, schema)));
  }

  /** Asks for what may be without news (PB4). @throws {SpotifyError} `invalid_response` for JSON that is not what was asked for */
  async readNews<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    call: Call,
  ): Promise<ReadResponse<z.infer<Schema>>> {
    return this.#call('GET', path, call, (answer) => parse(answer, schema));
  }

  /** Makes something of which the answer tells. @throws {SpotifyError} `invalid_response`, an unknown outcome, also for an answer that tells nothing */
  async create<Schema extends z.ZodType>(path: string, schema: Schema, body: unknown): Promise<z.infer<Schema>> {
    return this.#call('POST', path, { kind: 'command', body }, (answer) => requireValue(parse(answer, schema)));
  }
}
