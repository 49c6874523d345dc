import 'server-only';
import { z } from 'zod';

/** Spotify's answers as far as we use them: loose, because fields come and go with the app's mode. */

const image = z.object({ url: z.string(), width: z.number().nullish(), height: z.number().nullish() });
const images = z.array(image).nullish();
const externalUrls = z.object({ spotify: z.string().optional() }).nullish();

const trackItem = z.object({
  type: z.literal('track'),
  id: z.string().nullish(),
  uri: z.string(),
  name: z.string(),
  duration_ms: z.number(),
  explicit: z.boolean().nullish(),
  is_local: z.boolean().nullish(),
  artists: z.array(z.object({ name: z.string().nullish() })).nullish(),
  album: z.object({ name: z.string().nullish(), images }).nullish(),
  external_urls: externalUrls,
});

const episodeItem = z.object({
  type: z.literal('episode'),
  id: z.string().nullish(),
  uri: z.string(),
  name: z.string(),
  duration_ms: z.number(),
  explicit: z.boolean().nullish(),
  images,
  show: z.object({ name: z.string().nullish(), images }).nullish(),
  external_urls: externalUrls,
});

export const playableItem = z.discriminatedUnion('type', [trackItem, episodeItem]);
export type PlayableItem = z.infer<typeof playableItem>;

export const deviceResponse = z.object({
  id: z.string().nullish(),
  is_active: z.boolean(),
  is_private_session: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  name: z.string(),
  type: z.string(),
  volume_percent: z.number().nullish(),
  supports_volume: z.boolean().nullish(),
});
export type DeviceResponse = z.infer<typeof deviceResponse>;

export const devicesResponse = z.object({ devices: z.array(deviceResponse) });

const disallows = z.record(z.string(), z.unknown());

export const playbackResponse = z.object({
  device: deviceResponse.nullish(),
  is_playing: z.boolean(),
  progress_ms: z.number().nullish(),
  repeat_state: z.string().nullish(),
  currently_playing_type: z.string().nullish(),
  item: playableItem.nullish().catch(null),
  // Told only to recognise what plays underneath: one that reads oddly is none.
  context: z.object({ uri: z.string().nullish() }).nullish().catch(null),
  actions: z.object({ disallows: disallows.nullish() }).nullish(),
});
export type PlaybackResponse = z.infer<typeof playbackResponse>;

export const queueResponse = z.object({ queue: z.array(playableItem.nullish().catch(null)).nullish() });

/** A song as the catalogue shows it; anything else there is not what was asked for. */
export const catalogueItem = trackItem.extend({
  is_playable: z.boolean().nullish(),
  restrictions: z.unknown().optional(),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;

export const searchResponse = z.object({
  tracks: z.object({ items: z.array(catalogueItem.nullish().catch(null)).nullish(), next: z.string().nullish() }),
});

const counted = z.object({ total: z.number() }).nullish();

/** `items` is the new name of `tracks`. */
const simplePlaylist = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ id: z.string().nullish() }).nullish(),
  items: counted.catch(null),
  tracks: counted.catch(null),
});

export const playlistsResponse = z.object({
  items: z.array(simplePlaylist.nullish().catch(null)),
  next: z.string().nullish(),
});

export const playlistResponse = z.object({
  id: z.string(),
  uri: z.string(),
  name: z.string(),
  external_urls: externalUrls,
});

export type PlaylistResponse = z.infer<typeof playlistResponse>;

/** `item` is the new name of `track`; an entry may have both, or neither for a song that was taken down. */
const playlistEntry = z.object({
  item: playableItem.nullish().catch(null),
  track: playableItem.nullish().catch(null),
});

export const playlistItemsResponse = z.object({
  items: z.array(playlistEntry.nullish().catch(null)),
  next: z.string().nullish(),
});

export const profileResponse = z.object({
  account_id: z.string().min(1).nullish(),
  id: z.string().min(1),
  display_name: z.string().nullish(),
});
