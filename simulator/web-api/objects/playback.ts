import { catalogue } from '@/simulator/catalogue/catalogue';
import { upcoming } from '@/simulator/player/progress';
import { activeDevice, type Device, type PlayerState, positionAt } from '@/simulator/player/state';
import type { World } from '@/simulator/world/world';
import { playedObject } from './relinked';

/** A device as the Web API shows it. */
export function deviceObject(device: Device, state: PlayerState): unknown {
  return {
    id: device.id,
    is_active: device.key === state.activeDevice,
    is_private_session: device.key === state.activeDevice && state.privateSession !== 'off',
    is_restricted: device.isRestricted,
    name: device.name,
    supports_volume: device.supportsVolume,
    type: device.type,
    volume_percent: device.volumePercent,
  };
}

/** The device that an answer names: the active one, else the last one while the list still shows it. */
function shownDevice(state: PlayerState): Device | null {
  const last = state.devices.find((device) => device.key === state.lastDevice && device.listed);
  return activeDevice(state) ?? last ?? null;
}

/**
 * The body of `GET /v1/me/player`, or null where Spotify answers 204.
 *
 * @see https://developer.spotify.com/documentation/web-api/reference/get-information-about-the-users-current-playback
 */
export function playbackObject(world: World, state: PlayerState, types: readonly string[]): unknown {
  const device = shownDevice(state);
  const current = currentlyPlayingObject(world, state, types);
  if (device === null || current === null) return null;
  return {
    device: deviceObject(device, state),
    repeat_state: state.repeat,
    shuffle_state: state.shuffle,
    smart_shuffle: false,
    ...current,
  };
}

/** The body of `GET /v1/me/player/currently-playing`, or null where Spotify answers 204. */
export function currentlyPlayingObject(
  world: World,
  state: PlayerState,
  types: readonly string[],
): Record<string, unknown> | null {
  const now = world.clock.now('players');
  const inAd = state.adUntil !== null && now < state.adUntil;
  if (state.privateSession === 'no_content') return null;
  if (state.item === null && !inAd && !state.unknownItem) return null;
  const loaded = state.item === null ? undefined : catalogue.find(state.item);
  const hidden = inAd || state.unknownItem || state.privateSession === 'nulls';
  const isEpisode = loaded?.kind === 'episode';
  const item =
    hidden || loaded === undefined || (isEpisode && !types.includes('episode'))
      ? null
      : playedObject(loaded, world.settings);
  const noContext = hidden || loaded?.kind === 'local';
  return {
    timestamp: state.changedAt + world.settings.clockSkewMs,
    context: noContext || state.contextUri === null ? null : contextObject(state.contextUri),
    progress_ms: progress(state, now, inAd),
    item,
    currently_playing_type: inAd ? 'ad' : state.unknownItem ? 'unknown' : isEpisode ? 'episode' : 'track',
    actions: { disallows: disallows(state, inAd) },
    is_playing: state.playing,
  };
}

/** The body of `GET /v1/me/player/queue`. */
export function queueObject(world: World, state: PlayerState): unknown {
  const loaded = state.item === null ? undefined : catalogue.find(state.item);
  return {
    currently_playing: loaded === undefined ? null : playedObject(loaded, world.settings),
    queue: upcoming(state, world.library)
      .map((uri) => catalogue.find(uri))
      .filter((item) => item !== undefined)
      .map((item) => playedObject(item, world.settings)),
  };
}

function progress(state: PlayerState, now: number, inAd: boolean): number | null {
  if (state.nullProgress || state.privateSession === 'nulls') return null;
  if (inAd && state.adUntil !== null) return Math.max(0, Math.round(now - state.changedAt));
  return Math.round(positionAt(state, now));
}

function disallows(state: PlayerState, inAd: boolean): Record<string, true> {
  const flags: Record<string, true> = state.playing ? { resuming: true } : { pausing: true };
  if (inAd) Object.assign(flags, { seeking: true, skipping_next: true, skipping_prev: true });
  return flags;
}

function contextObject(uri: string): unknown {
  const [, kind = '', id = ''] = uri.split(':');
  return {
    external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` },
    href: `https://api.spotify.com/v1/${kind}s/${id}`,
    type: kind,
    uri,
  };
}
