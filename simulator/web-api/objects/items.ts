import type { Album, Artist, Episode, LocalFile, Playable, Show, Track } from '@/simulator/catalogue/types';
import type { Account } from '@/simulator/world/accounts';
import type { Settings } from '@/simulator/world/settings';

export type Profile = Settings['profile'];

const apiUrl = 'https://api.spotify.com/v1';
const openUrl = 'https://open.spotify.com';
const markets = ['DE', 'FR', 'GB', 'SE', 'US'];

/** `href`, `uri` and `external_urls` of something with an id. */
export function links(kind: string, id: string): Record<string, unknown> {
  return {
    external_urls: { spotify: `${openUrl}/${kind}/${id}` },
    href: `${apiUrl}/${kind}s/${id}`,
    id,
    type: kind,
    uri: `spotify:${kind}:${id}`,
  };
}

/** The short form of a person, as playlists name their owner. */
export function userObject(account: Account): Record<string, unknown> {
  return links('user', account.id);
}

/** The three sizes Spotify gives, widest first. They share one scalable drawing. */
export function images(url: string): readonly unknown[] {
  return [640, 300, 64].map((size) => ({ height: size, url, width: size }));
}

const precision = (date: string): string => ['year', 'month', 'day'][date.split('-').length - 1] ?? 'day';

/** The short artist object inside tracks and albums. */
export const simpleArtist = ({ id, name }: Artist): unknown => ({ ...links('artist', id), name });

/** The artist object of a search. */
export function artistObject(artist: Artist, profile: Profile): unknown {
  const extended = profile === 'extended' ? { followers: { href: null, total: 4200 }, popularity: 40 } : {};
  return { ...links('artist', artist.id), name: artist.name, genres: [], images: [], ...extended };
}

/** An album as it stands inside a track and in a search. */
export function albumObject(album: Album, profile: Profile): unknown {
  return {
    ...links('album', album.id),
    album_type: album.kind,
    artists: album.artists.map(simpleArtist),
    images: images(album.coverUrl),
    is_playable: true,
    name: album.name,
    release_date: album.releaseDate,
    release_date_precision: precision(album.releaseDate),
    total_tracks: album.trackUris.length,
    ...(profile === 'extended' ? { available_markets: markets } : {}),
  };
}

/** A full track. */
export function trackObject(track: Track, profile: Profile): Record<string, unknown> {
  return {
    ...links('track', track.id),
    album: albumObject(track.album, profile),
    artists: track.artists.map(simpleArtist),
    disc_number: 1,
    duration_ms: track.durationMs,
    explicit: track.explicit,
    external_ids: { isrc: track.isrc },
    is_local: false,
    is_playable: track.playable,
    name: track.name,
    preview_url: null,
    track_number: track.trackNumber,
    ...(track.playable ? {} : { restrictions: { reason: 'market' } }),
    ...(profile === 'extended' ? { available_markets: track.playable ? markets : [], popularity: 38 } : {}),
  };
}

/** A podcast as it stands inside an episode and in a search. */
export function showObject(show: Show, profile: Profile): unknown {
  return {
    ...links('show', show.id),
    copyrights: [],
    description: show.description,
    explicit: false,
    html_description: `<p>${show.description}</p>`,
    images: images(show.coverUrl),
    is_externally_hosted: false,
    languages: ['en'],
    media_type: 'audio',
    name: show.name,
    total_episodes: show.episodeUris.length,
    ...(profile === 'extended' ? { available_markets: markets, publisher: show.publisher } : {}),
  };
}

/** A full episode. */
export function episodeObject(episode: Episode, profile: Profile): Record<string, unknown> {
  return {
    ...links('episode', episode.id),
    audio_preview_url: null,
    description: episode.description,
    duration_ms: episode.durationMs,
    explicit: episode.explicit,
    html_description: `<p>${episode.description}</p>`,
    images: images(episode.show.coverUrl),
    is_externally_hosted: false,
    is_playable: true,
    language: 'en',
    languages: ['en'],
    name: episode.name,
    release_date: episode.releaseDate,
    release_date_precision: 'day',
    resume_point: { fully_played: false, resume_position_ms: 0 },
    show: showObject(episode.show, profile),
  };
}

/** A local file, with the many nulls that Spotify gives it. */
export function localObject(file: LocalFile, profile: Profile): Record<string, unknown> {
  const nothing = { external_urls: {}, href: null, id: null };
  const extended = profile === 'extended' ? { available_markets: [], popularity: 0 } : {};
  return {
    ...nothing,
    album: {
      ...nothing,
      album_type: null,
      artists: [],
      images: [],
      name: file.albumName,
      release_date: null,
      release_date_precision: null,
      type: 'album',
      uri: null,
      ...(profile === 'extended' ? { available_markets: [] } : {}),
    },
    artists: [{ ...nothing, name: file.artistName, type: 'artist', uri: null }],
    disc_number: 0,
    duration_ms: file.durationMs,
    explicit: false,
    external_ids: {},
    is_local: true,
    name: file.name,
    preview_url: null,
    track_number: 0,
    type: 'track',
    uri: file.uri,
    ...extended,
  };
}

/** Any item of a player, a queue or a playlist. */
export function itemObject(item: Playable, profile: Profile): Record<string, unknown> {
  switch (item.kind) {
    case 'track':
      return trackObject(item, profile);
    case 'episode':
      return episodeObject(item, profile);
    case 'local':
      return localObject(item, profile);
  }
}
