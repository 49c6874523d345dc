import 'server-only';
import type { DeviceDto } from '@/lib/shared/contract/playback';
import type { Track } from '@/lib/shared/contract/snapshot';
import { Catalogue } from './catalogue';
import { SpotifyError } from './errors';
import { nameOr, type SeenPlayback, seenNothing, toDevice, toSeenPlayback, toTrack } from './playback';
import { Playlists } from './playlists';
import { devicesResponse, playbackResponse, profileResponse, queueResponse } from './responses';
import { type CallKind, WebApi, type WebApiOptions } from './web-api';

export interface SpotifyProfile {
  /** What links a host to an account; never leaves the server. */
  readonly accountId: string;
  readonly displayName: string;
}

/**
 * Spotify's Web API as far as Roomtone uses it, in our own types. Nothing is ever repeated here: whether a call may be
 * repeated depends on what it was for.
 *
 * Every method throws {@link SpotifyError}.
 */
export class SpotifyClient {
  readonly #api: WebApi;
  readonly catalogue: Catalogue;
  readonly playlists: Playlists;

  constructor(options: WebApiOptions) {
    this.#api = new WebApi(options);
    this.catalogue = new Catalogue(this.#api);
    this.playlists = new Playlists(this.#api);
  }

  /** Who the token belongs to. */
  async getProfile(): Promise<SpotifyProfile> {
    const profile = await this.#api.read('/me', profileResponse, { kind: 'profile' });
    return {
      accountId: profile.account_id ?? profile.id,
      displayName: nameOr('Spotify account', profile.display_name),
    };
  }

  /**
   * What the player does now; null when the answer has no news, so that the last state stays.
   *
   * @param kind `command` when a command depends on the answer
   */
  async getPlayback(kind: CallKind = 'read'): Promise<SeenPlayback | null> {
    const startedMs = Date.now();
    const { status, value } = await this.#api.readNews('/me/player', playbackResponse, {
      kind,
      query: { additional_types: 'track,episode' },
    });
    const measuredAtMs = Math.round((startedMs + Date.now()) / 2);
    if (value !== null) return toSeenPlayback(value, measuredAtMs);
    return status === 204 ? seenNothing(measuredAtMs) : null;
  }

  async getDevices(): Promise<readonly DeviceDto[]> {
    const { devices } = await this.#api.read('/me/player/devices', devicesResponse, { kind: 'command' });
    return devices.flatMap((device) => (device ? [toDevice(device)] : []));
  }

  /**
   * What Spotify will play next, in order: songs that were queued by hand, then the rest of the context, which nothing tells apart; 20 at
   * most. Entries that are none are left out.
   *
   * @throws {SpotifyError} `invalid_response` also for an answer without news: an empty queue would mean something else
   */
  async getQueue(): Promise<readonly Track[]> {
    const { status, value } = await this.#api.readNews('/me/player/queue', queueResponse, { kind: 'command' });
    if (value === null && status !== 204) throw new SpotifyError('invalid_response', { status });
    return (value?.queue ?? []).flatMap((item) => (item ? [toTrack(item)] : []));
  }

  /** Puts a song behind those that were queued by hand. Twice puts it there twice, and nothing takes it out again. */
  addToQueue(uri: string): Promise<void> {
    return this.#api.command('POST', '/me/player/queue', { uri });
  }

  /** Plays one song from its start, in place of what plays. */
  playTrack(uri: string, deviceId?: string): Promise<void> {
    return this.#play({ uris: [uri] }, deviceId);
  }

  /**
   * Plays a playlist or an album from one of its songs on.
   *
   * @param position counted from 0
   */
  playContext(contextUri: string, position: number, deviceId?: string): Promise<void> {
    return this.#play({ context_uri: contextUri, offset: { position } }, deviceId);
  }

  #play(body: unknown, deviceId?: string): Promise<void> {
    return this.#api.command('PUT', '/me/player/play', deviceId === undefined ? {} : { device_id: deviceId }, body);
  }

  /** Resumes; with no body at all, because an empty one can drop the track. */
  play(deviceId?: string): Promise<void> {
    return this.#play(undefined, deviceId);
  }

  pause(): Promise<void> {
    return this.#api.command('PUT', '/me/player/pause');
  }

  skipToNext(): Promise<void> {
    return this.#api.command('POST', '/me/player/next');
  }

  skipToPrevious(): Promise<void> {
    return this.#api.command('POST', '/me/player/previous');
  }

  seek(positionMs: number): Promise<void> {
    return this.#api.command('PUT', '/me/player/seek', { position_ms: String(positionMs) });
  }

  setVolume(percent: number): Promise<void> {
    return this.#api.command('PUT', '/me/player/volume', { volume_percent: String(percent) });
  }

  /** Repeats the playlist or album, and no longer one song of it; or nothing. */
  setRepeat(state: 'context' | 'off'): Promise<void> {
    return this.#api.command('PUT', '/me/player/repeat', { state });
  }

  /** Moves playback to a device; `play: false` keeps the present state and does not pause. */
  transfer(deviceId: string, play: boolean): Promise<void> {
    return this.#api.command('PUT', '/me/player', {}, { device_ids: [deviceId], play });
  }
}
