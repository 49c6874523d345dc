import { useState } from 'react';
import type { ListedPlaylist } from '@/lib/shared/contract/playlists';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { Settings } from './use-settings';

/** As many playlists as songs may come from. */
const mostSources = 5;

/** The playlists that guests may choose from; without any, all of Spotify. */
export function SourcePlaylists({
  settings: { room, note },
  playlists,
}: {
  readonly settings: Settings;
  readonly playlists: readonly ListedPlaylist[];
}) {
  const store = useRoomStore();
  const [isBusy, setBusy] = useState(false);
  const chosen = playlists.filter(({ name }) => room.sources.some((source) => source.name === name));
  const ids = chosen.map(({ id }) => id);

  async function choose(next: readonly string[], words: string): Promise<void> {
    setBusy(true);
    const worked = await store.run((api) => api.setSources(next));
    setBusy(false);
    if (worked) note(words, () => choose(ids, 'As before.'));
  }
  function toggle({ id, name }: ListedPlaylist): void {
    const isChosen = ids.includes(id);
    const next = isChosen ? ids.filter((known) => known !== id) : [...ids, id];
    const words = isChosen ? `No longer chosen: ${name}.` : `Chosen: ${name}.`;
    void choose(next, next.length === 0 ? 'Guests can add any song.' : words);
  }

  return (
    <fieldset aria-busy={isBusy}>
      <legend>Guests add songs only from</legend>
      <p className="text-sm text-faint">
        {isBusy
          ? 'Reading the playlist…'
          : ids.length === 0
            ? 'None chosen: any song on Spotify.'
            : ids.length === mostSources
              ? 'Five are chosen, as many as can be.'
              : 'Up to five playlists.'}
      </p>
      {playlists.length === 0 && <p className="py-2 text-quiet">There are no playlists in your account.</p>}
      <ul className="mt-2 max-h-96 divide-y divide-line overflow-y-auto border-y border-line">
        {playlists.map((playlist) => {
          const isChosen = ids.includes(playlist.id);
          return (
            <li key={playlist.id}>
              <label className="flex min-h-12 cursor-pointer items-center gap-3 py-1.5">
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={isBusy || (!isChosen && ids.length === mostSources)}
                  onChange={() => toggle(playlist)}
                  className="size-5 shrink-0 accent-accent"
                />
                <span className="min-w-0 grow">
                  <bdi translate="no" className="line-clamp-2">
                    {playlist.name}
                  </bdi>
                </span>
                <span className="text-sm text-faint tabular-nums">{`${playlist.songs} songs`}</span>
              </label>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
