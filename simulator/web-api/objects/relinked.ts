import { idFor } from '@/simulator/catalogue/ids';
import type { Playable } from '@/simulator/catalogue/types';
import type { Settings } from '@/simulator/world/settings';
import { itemObject, links } from './items';

/**
 * An item as the player shows it. A relinked song is the same recording under another id: name, artists and length
 * stay, so an app that looks for the id it asked for does not find it.
 *
 * @see https://developer.spotify.com/documentation/web-api/concepts/track-relinking
 */
export function playedObject(
  item: Playable,
  { profile, relinkedUris }: Pick<Settings, 'profile' | 'relinkedUris'>,
): Record<string, unknown> {
  const object = itemObject(item, profile);
  if (item.kind !== 'track' || !relinkedUris.includes(item.uri)) return object;
  const origin = profile === 'extended' ? { linked_from: links('track', item.id) } : {};
  return { ...object, ...links('track', idFor(`relinked ${item.id}`)), ...origin };
}
