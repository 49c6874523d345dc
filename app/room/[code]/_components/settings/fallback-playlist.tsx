import { useState } from 'react';
import { SelectField } from '@/app/_components/ui/select-field';
import type { ListedPlaylist } from '@/lib/shared/contract/playlists';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { Settings } from './use-settings';

/** The chosen playlist where it is none of those that Spotify lists any more: it can be kept, but not chosen again. */
const unlisted = 'unlisted';

/** What plays while nobody has added songs (FD6). */
export function FallbackPlaylist({
  settings: { room, note },
  playlists,
}: {
  readonly settings: Settings;
  readonly playlists: readonly ListedPlaylist[];
}) {
  const store = useRoomStore();
  const [isBusy, setBusy] = useState(false);
  const present = room.fallback?.name ?? null;
  const presentId = present === null ? '' : (playlists.find(({ name }) => name === present)?.id ?? unlisted);

  async function choose(id: string): Promise<void> {
    setBusy(true);
    const set = (value: string) => store.run((api) => api.setFallback(value === '' ? null : value));
    const chosen = playlists.find((playlist) => playlist.id === id)?.name;
    const worked = await set(id);
    setBusy(false);
    if (!worked) return;
    const words = chosen === undefined ? 'Without songs, Spotify goes on by itself.' : `Without songs: ${chosen}.`;
    note(words, presentId === unlisted ? null : () => choose(presentId));
  }

  return (
    <SelectField
      label="When no songs wait"
      value={presentId}
      disabled={isBusy}
      options={[
        { value: '', label: 'Spotify goes on by itself' },
        ...(presentId === unlisted ? [{ value: unlisted, label: present ?? '' }] : []),
        ...playlists.map(({ id, name, songs }) => ({ value: id, label: `${name}, ${songs} songs` })),
      ]}
      onChange={(id) => id !== unlisted && void choose(id)}
    />
  );
}
