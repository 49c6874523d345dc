import { catalogue } from '@/simulator/catalogue/catalogue';
import { type Playlist, snapshotId } from '@/simulator/catalogue/playlist';
import type { World } from '@/simulator/world/world';
import { images, itemObject, links, userObject } from './items';
import { type Page, pageOf, pagingObject } from './paging';

const address = (playlist: Playlist): string => `https://api.spotify.com/v1/playlists/${playlist.id}`;

/** Old and new name of a field, as many as the answer profile has. */
function underBothNames(world: World, newName: string, oldName: string, value: unknown): Record<string, unknown> {
  return world.settings.profile === 'extended' ? { [newName]: value, [oldName]: value } : { [newName]: value };
}

function head(world: World, playlist: Playlist): Record<string, unknown> {
  const owner = world.accounts.get(playlist.owner);
  return {
    ...links('playlist', playlist.id),
    collaborative: playlist.collaborative,
    description: playlist.description,
    images: coverOf(playlist),
    name: playlist.name,
    owner: owner === undefined ? {} : { ...userObject(owner), display_name: owner.displayName },
    primary_color: null,
    public: playlist.public,
    snapshot_id: snapshotId(playlist),
  };
}

/** The cover of the first song that has one. */
function coverOf(playlist: Playlist): readonly unknown[] {
  for (const { uri } of playlist.entries) {
    const item = uri === null ? undefined : catalogue.find(uri);
    if (item?.kind === 'track') return images(item.album.coverUrl).slice(0, 1);
  }
  return [];
}

/** A playlist in a list of playlists. */
export function simplePlaylist(world: World, playlist: Playlist): Record<string, unknown> {
  const reference = { href: `${address(playlist)}/items`, total: playlist.entries.length };
  return { ...head(world, playlist), ...underBothNames(world, 'items', 'tracks', reference) };
}

/** A playlist on its own; what is in it is shown to its owner only. */
export function fullPlaylist(world: World, playlist: Playlist, withItems: boolean): Record<string, unknown> {
  const contents = withItems
    ? underBothNames(
        world,
        'items',
        'tracks',
        itemsPage(world, playlist, { offset: 0, limit: 100 }, ['track', 'episode']),
      )
    : {};
  return { ...head(world, playlist), followers: { href: null, total: playlist.followers.length }, ...contents };
}

/** One page of what is in a playlist. */
export function itemsPage(
  world: World,
  playlist: Playlist,
  page: Page,
  types: readonly string[],
): Record<string, unknown> {
  const items = pageOf(playlist.entries, page).map((entry) => {
    const found = entry.uri === null ? undefined : catalogue.find(entry.uri);
    const hidden = found === undefined || (found.kind === 'episode' && !types.includes('episode'));
    const item = hidden ? null : itemObject(found, world.settings.profile);
    const addedBy = world.accounts.get(entry.addedBy);
    return {
      added_at: entry.addedAt,
      added_by: addedBy === undefined ? null : userObject(addedBy),
      is_local: found?.kind === 'local',
      primary_color: null,
      ...underBothNames(world, 'item', 'track', item),
    };
  });
  return pagingObject({ base: `${address(playlist)}/items`, items, total: playlist.entries.length, ...page });
}
