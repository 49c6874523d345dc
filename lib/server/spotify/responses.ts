import 'server-only';
import { z } from 'zod';

/** Spotify's answers as far as we use them: loose, because fields come and go with the app's mode. */

/** What may be missing. Where it reads oddly, it is: it costs nothing of what is around it (PB8). */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const image = z.object({ url: z.string(), width: optional(z.number()) });
const images = optional(z.array(optional(image)));
const externalUrls = optional(z.object({ spotify: optional(z.string()) }));
const named = z.object({ name: optional(z.string()) });

const trackItem = z.object({
  type: z.literal('track'),
  id: optional(z.string()),
  uri: z.string(),
  name: optional(z.string()),
  duration_ms: z.number(),
  explicit: optional(z.boolean()),
  is_local: optional(z.boolean()),
  artists: optional(z.array(optional(named))),
  album: optional(named.extend({ images })),
  external_urls: externalUrls,
});

const episodeItem = z.object({
  type: z.literal('episode'),
  id: optional(z.string()),
  uri: z.string(),
  name: optional(z.string()),
  duration_ms: z.number(),
  explicit: optional(z.boolean()),
  images,
  show: optional(named.extend({ images })),
  external_urls: externalUrls,
});

export const playableItem = z.discriminatedUnion('type', [trackItem, episodeItem]);
export type PlayableItem = z.infer<typeof playableItem>;

export const deviceResponse = z.object({
  id: optional(z.string()),
  is_active: optional(z.boolean()),
  is_private_session: optional(z.boolean()),
  is_restricted: optional(z.boolean()),
  name: optional(z.string()),
  type: optional(z.string()),
  volume_percent: optional(z.number()),
  supports_volume: optional(z.boolean()),
});
export type DeviceResponse = z.infer<typeof deviceResponse>;

export const devicesResponse = z.object({ devices: z.array(optional(deviceResponse)) });

const disallows = z.record(z.string(), z.unknown());

export const playbackResponse = z.object({
  device: optional(deviceResponse),
  is_playing: z.boolean(),
  progress_ms: optional(z.number()),
  repeat_state: optional(z.string()),
  currently_playing_type: optional(z.string()),
  item: optional(playableItem),
  context: optional(z.object({ uri: optional(z.string()) })),
  actions: optional(z.object({ disallows: optional(disallows) })),
});
export type PlaybackResponse = z.infer<typeof playbackResponse>;

export const queueResponse = z.object({ queue: z.array(optional(playableItem)).nullish() });

/** A song as the catalogue shows it; anything else there is not what was asked for. */
export const catalogueItem = trackItem.extend({
  is_playable: optional(z.boolean()),
  restrictions: z.unknown().optional(),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;

export const searchResponse = z.object({
  tracks: z.object({ items: z.array(optional(catalogueItem)).nullish(), next: optional(z.string()) }),
});

const counted = optional(z.object({ total: z.number() }));

/** `items` is the new name of `tracks`. */
const simplePlaylist = z.object({
  id: z.string(),
  name: optional(z.string()),
  owner: optional(z.object({ id: optional(z.string()) })),
  items: counted,
  tracks: counted,
});

export const playlistsResponse = z.object({
  items: z.array(optional(simplePlaylist)),
  next: optional(z.string()),
});

export const playlistResponse = z.object({
  id: z.string(),
  uri: z.string(),
  name: optional(z.string()),
  external_urls: externalUrls,
});

export type PlaylistResponse = z.infer<typeof playlistResponse>;

/** `item` is the new name of `track`; an entry may have both, or neither for a song that was taken down. */
const playlistEntry = z.object({
  item: optional(playableItem),
  track: optional(playableItem),
});

export const playlistItemsResponse = z.object({
  items: z.array(optional(playlistEntry)),
  next: optional(z.string()),
});

export const profileResponse = z.object({
  account_id: z.string().min(1).nullish(),
  id: z.string().min(1),
  display_name: optional(z.string()),
});
