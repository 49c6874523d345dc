import 'server-only';

/** Routes that a short 429 stops together (WT10); `token` is the accounts service. */
export type RouteFamily = 'player' | 'search' | 'tracks' | 'playlists' | 'profile' | 'token';

/** The family of a path of the Web API. */
export function familyOf(path: string): RouteFamily {
  if (path.startsWith('/me/player')) return 'player';
  if (path.startsWith('/search')) return 'search';
  if (path.startsWith('/tracks')) return 'tracks';
  return path.includes('playlists') ? 'playlists' : 'profile';
}
