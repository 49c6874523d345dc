import 'server-only';
import type { z } from 'zod';
import type { DeviceDto } from '@/lib/shared/playback';
import { boundedFetch } from './bounded-fetch';
import { toSpotifyError } from './error-mapping';
import { SpotifyError } from './errors';
import { type SeenPlayback, seenNothing, toDevice, toSeenPlayback } from './playback';
import { devicesResponse, playbackResponse, profileResponse } from './responses';

/** What a call is for: commands go before reads, reads before search. */
export type CallKind = 'command' | 'read' | 'search' | 'profile';

/** The one place every call of the deployment passes. */
export interface CallGate {
  /** Counts the call, or refuses it while Spotify wants none. @throws {SpotifyError} `rate_limited`, `quota_exceeded` */
  enter(kind: CallKind): Promise<void>;
  /** Remembers for every instance that Spotify wants no calls. */
  block(reason: 'rate_limit' | 'quota', seconds: number): Promise<void>;
}

export interface SpotifyClientOptions {
  /** `/v1/…` is appended. */
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly gate: CallGate;
}

export interface SpotifyProfile {
  /** What links a host to an account; never leaves the server. */
  readonly accountId: string;
  readonly displayName: string;
}

/** Milliseconds a call may take in all (RL-01). */
const timeoutMs = 5_000;

type Method = 'GET' | 'PUT' | 'POST';

interface Call {
  readonly kind: CallKind;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Spotify's Web API as far as Roomtone uses it, in our own types. Nothing is ever repeated here: whether a call may be
 * repeated depends on what it was for.
 *
 * Every method throws {@link SpotifyError}.
 */
export class SpotifyClient {
  readonly #options: SpotifyClientOptions;

  constructor(options: SpotifyClientOptions) {
    this.#options = options;
  }

  async #send(method: Method, path: string, call: Call) {
    const { apiUrl, accessToken, gate } = this.#options;
    await gate.enter(call.kind);
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
    if (error.kind === 'rate_limited' || error.kind === 'quota_exceeded') {
      await gate.block(error.kind === 'quota_exceeded' ? 'quota' : 'rate_limit', error.retryAfterSeconds ?? 5);
    }
    throw error;
  }

  /** Any 2xx is success; the body of a command is never read (spotify-facts 3.2). */
  async #command(
    method: 'PUT' | 'POST',
    path: string,
    query: Record<string, string> = {},
    body?: unknown,
  ): Promise<void> {
    await this.#send(method, path, { kind: 'command', query, body });
  }

  /** The parsed answer, or null for one without news: 202, 204, or 200 without JSON (PB4). */
  async #read<Schema extends z.ZodType>(path: string, schema: Schema, call: Call) {
    const answer = await this.#send('GET', path, call);
    let body: unknown;
    try {
      body = JSON.parse(answer.text);
    } catch {
      return { status: answer.status, value: null };
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new SpotifyError('nonsense', { status: answer.status, cause: parsed.error });
    return { status: answer.status, value: parsed.data };
  }

  /** Who the token belongs to. */
  async getProfile(): Promise<SpotifyProfile> {
    const { value } = await this.#read('/me', profileResponse, { kind: 'profile' });
    if (value === null) throw new SpotifyError('nonsense');
    const name = (value.display_name ?? '').trim();
    return { accountId: value.account_id ?? value.id, displayName: name === '' ? 'Spotify account' : name };
  }

  /**
   * What the player does now; null when the answer has no news, so that the last state stays.
   *
   * @param kind `command` when a command depends on the answer
   */
  async getPlayback(kind: CallKind = 'read'): Promise<SeenPlayback | null> {
    const startedMs = Date.now();
    const { status, value } = await this.#read('/me/player', playbackResponse, {
      kind,
      query: { additional_types: 'track,episode' },
    });
    const measuredAtMs = Math.round((startedMs + Date.now()) / 2);
    if (value !== null) return toSeenPlayback(value, measuredAtMs);
    return status === 204 ? seenNothing(measuredAtMs) : null;
  }

  async getDevices(): Promise<readonly DeviceDto[]> {
    const { value } = await this.#read('/me/player/devices', devicesResponse, { kind: 'command' });
    return (value?.devices ?? []).map(toDevice);
  }

  /** Resumes; with no body at all, because an empty one can drop the track (spotify-facts 3.2). */
  play(deviceId?: string): Promise<void> {
    return this.#command('PUT', '/me/player/play', deviceId === undefined ? {} : { device_id: deviceId });
  }

  pause(): Promise<void> {
    return this.#command('PUT', '/me/player/pause');
  }

  skipToNext(): Promise<void> {
    return this.#command('POST', '/me/player/next');
  }

  skipToPrevious(): Promise<void> {
    return this.#command('POST', '/me/player/previous');
  }

  seek(positionMs: number): Promise<void> {
    return this.#command('PUT', '/me/player/seek', { position_ms: String(positionMs) });
  }

  setVolume(percent: number): Promise<void> {
    return this.#command('PUT', '/me/player/volume', { volume_percent: String(percent) });
  }

  /** Moves playback to a device; `play: false` keeps the present state and does not pause. */
  transfer(deviceId: string, play: boolean): Promise<void> {
    return this.#command('PUT', '/me/player', {}, { device_ids: [deviceId], play });
  }
}
