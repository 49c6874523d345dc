import 'server-only';
import type { DeviceDto } from '@/lib/shared/contract/playback';
import type { PlaybackAbilities, PlaybackDevice, PlaybackStatus, Track } from '@/lib/shared/contract/snapshot';
import type { DeviceResponse, PlayableItem, PlaybackResponse } from './responses';

/** One look at a host's player. */
export interface SeenPlayback {
  readonly status: Exclude<PlaybackStatus, 'no_device'>;
  readonly track: Track | null;
  /** Null when Spotify did not say. */
  readonly positionMs: number | null;
  /** When the position was true, in ms since the epoch: the middle of the request. */
  readonly measuredAtMs: number;
  readonly device: PlaybackDevice | null;
  /** Never leaves the server. */
  readonly deviceId: string | null;
  readonly deviceActive: boolean;
  /** What the track plays from: a playlist, an album; null for loose songs and when Spotify did not say. Never leaves the server. */
  readonly contextUri: string | null;
  /** The same song begins again at its end, whatever is queued. */
  readonly repeatsTrack: boolean;
  readonly can: PlaybackAbilities;
}

type Image = { readonly url: string; readonly width?: number | null | undefined };

/** Wide enough for a phone's screen; smaller ones look coarse there, larger ones only cost. */
const preferredWidth = 300;

/** The smallest image that is wide enough, else the widest; only from where Spotify's images are. */
function pickArtwork(images: readonly (Image | null | undefined)[] | null | undefined): string | null {
  const known = (images ?? [])
    .filter((image) => image != null)
    .filter(({ url }) => /^(https:\/\/|data:image\/)/.test(url));
  const ascending = known.toSorted((a, b) => (a.width ?? 0) - (b.width ?? 0));
  return (ascending.find(({ width }) => (width ?? 0) >= preferredWidth) ?? ascending.at(-1))?.url ?? null;
}

/** Where something is on Spotify; null for an address anywhere else. */
export function spotifyLink(urls: { spotify?: string | null | undefined } | null | undefined): string | null {
  const url = urls?.spotify;
  return url != null && url.startsWith('https://open.spotify.com/') ? url : null;
}

/** What something is called; a word for what it is where Spotify names it not, or with blanks alone (PB8). */
export function nameOr(word: string, name: string | null | undefined): string {
  const given = (name ?? '').trim();
  return given === '' ? word : given;
}

/** A track, episode or local file as our screens show it. */
export function toTrack(item: PlayableItem): Track {
  const common = {
    uri: item.uri,
    id: item.id ?? null,
    name: nameOr(item.type === 'episode' ? 'Unnamed episode' : 'Unnamed song', item.name),
    durationMs: Math.max(0, Math.round(item.duration_ms)),
    explicit: item.explicit ?? false,
    url: spotifyLink(item.external_urls),
  };
  if (item.type === 'episode') {
    const show = item.show?.name ?? '';
    const artwork = pickArtwork(item.images) ?? pickArtwork(item.show?.images);
    return { ...common, kind: 'episode', artists: show === '' ? [] : [show], album: show, artworkUrl: artwork };
  }
  return {
    ...common,
    kind: item.is_local === true ? 'local' : 'track',
    artists: (item.artists ?? []).flatMap((artist) => nameOr('', artist?.name) || []),
    album: item.album?.name ?? '',
    artworkUrl: pickArtwork(item.album?.images),
  };
}

/** The host's device as the device list shows it. An absent `supports_volume` is unknown: worth trying. */
export function toDevice(device: DeviceResponse): DeviceDto {
  return {
    id: device.id ?? null,
    name: nameOr('Unnamed device', device.name),
    type: nameOr('Unknown', device.type),
    isActive: device.is_active ?? false,
    isRestricted: device.is_restricted ?? false,
    volumePercent: device.volume_percent == null ? null : Math.min(100, Math.max(0, Math.round(device.volume_percent))),
    supportsVolume: device.supports_volume ?? true,
  };
}

function toStatus(playback: PlaybackResponse): SeenPlayback['status'] {
  if (playback.item) return playback.is_playing ? 'playing' : 'paused';
  if (playback.currently_playing_type === 'ad') return 'ad';
  if (playback.device?.is_private_session === true) return 'private';
  // Something plays that Spotify does not name: an episode it left out, or a kind that is new to us.
  if (playback.is_playing) return 'unknown';
  return 'nothing';
}

const everything: PlaybackAbilities = { pause: true, resume: true, next: true, previous: true, seek: true };

/** What a 204 on the player means: no device has anything to play. */
export function seenNothing(measuredAtMs: number): SeenPlayback {
  return {
    status: 'nothing',
    track: null,
    positionMs: null,
    measuredAtMs,
    device: null,
    deviceId: null,
    deviceActive: false,
    contextUri: null,
    repeatsTrack: false,
    can: { ...everything, pause: false, next: false, previous: false, seek: false },
  };
}

/** Reduces Spotify's answer to what a room shows. */
export function toSeenPlayback(playback: PlaybackResponse, measuredAtMs: number): SeenPlayback {
  const disallowed = playback.actions?.disallows ?? {};
  const allows = (action: string): boolean => disallowed[action] !== true;
  const { device } = playback;
  const list = device ? toDevice(device) : null;
  // A restricted device takes no command at all.
  const takesCommands = list?.isRestricted !== true;
  return {
    status: toStatus(playback),
    track: playback.item ? toTrack(playback.item) : null,
    positionMs: playback.progress_ms == null ? null : Math.max(0, Math.round(playback.progress_ms)),
    measuredAtMs,
    device: list && {
      name: list.name,
      type: list.type,
      volumePercent: list.volumePercent,
      supportsVolume: list.supportsVolume && takesCommands,
    },
    deviceId: list?.id ?? null,
    deviceActive: list?.isActive ?? false,
    contextUri: playback.context?.uri ?? null,
    repeatsTrack: playback.repeat_state === 'track',
    can: {
      pause: takesCommands && allows('pausing'),
      resume: takesCommands && allows('resuming'),
      next: takesCommands && allows('skipping_next'),
      previous: takesCommands && allows('skipping_prev'),
      seek: takesCommands && allows('seeking'),
    },
  };
}
