import { useState } from 'react';
import type { FoundSong } from '@/lib/shared/contract/search';
import { ApiError } from '@/lib/client/api-error';
import { minutesUntil } from '@/lib/client/queue-clock';
import { useRemaining } from '@/app/room/[code]/_components/queue/use-remaining';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { FoundSongRow, type Adding } from './found-song-row';
import { addedWords } from './search-words';

/** The results of a search, each with what came of adding it. */
export function FoundSongs({
  songs,
  isStale,
  onAdded,
}: {
  readonly songs: readonly FoundSong[];
  readonly isStale: boolean;
  readonly onAdded: () => void;
}) {
  const store = useRoomStore();
  const queue = useRoom((state) => state.queue);
  const minutes = minutesUntil(queue, useRemaining());
  const [adding, setAdding] = useState<Readonly<Record<string, Adding>>>({});
  const note = (uri: string, state: Adding): void => setAdding((known) => ({ ...known, [uri]: state }));

  async function add({ uri }: FoundSong): Promise<void> {
    note(uri, { kind: 'adding' });
    try {
      const item = await store.api.addSong(uri);
      note(uri, { kind: 'added', item });
      onAdded();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What the room or Spotify says of the song is an answer; anything else may be tried again.
      const isAnswer = error.status === 409 || error.status === 404 || error.status === 400;
      note(uri, { kind: isAnswer ? 'refused' : 'failed', detail: error.detail });
    }
  }

  function wordsFor(item: QueueItemDto): string {
    const place = queue.findIndex(({ id }) => id === item.id);
    return addedWords(queue[place] ?? item, minutes[place] ?? null);
  }

  if (songs.length === 0) return null;
  return (
    <ul
      aria-label="Results"
      className={`border-t border-line transition-opacity duration-150 ${isStale ? 'opacity-60' : ''}`}
    >
      {songs.map((song) => {
        const state = adding[song.uri] ?? null;
        return (
          <FoundSongRow
            key={song.uri}
            song={song}
            state={state}
            added={state?.kind === 'added' ? wordsFor(state.item) : null}
            onAdd={() => void add(song)}
          />
        );
      })}
    </ul>
  );
}
