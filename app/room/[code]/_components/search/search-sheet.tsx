import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Sheet } from '@/app/_components/ui/sheet';
import { type SearchState, SongSearch } from '@/lib/client/song-search';
import { useRoomStore } from '@/lib/client/room/use-room';
import { AddingRules } from './adding-rules';
import { FoundSongs } from './found-songs';
import { SearchField } from './search-field';
import { searchFailure } from './search-words';

/** Where arrow keys stop: the field, and one place in each row. */
const stops = '[data-stop]';

/** Up and down go through the field and the results, as in any list. */
function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)];
  const at = places.findIndex((place) => place.contains(document.activeElement));
  const next = places[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** What the list below is, or why there is none; empty where an error says it. */
function statusWords({ results, nextOffset, isLoading, found, error }: SearchState): string {
  const count = results.length;
  if (isLoading) return count === 0 ? 'Searching…' : '';
  if (count > 0) return nextOffset === null ? countWords(count) : `The first ${count} songs.`;
  if (error !== null) return '';
  return found === ''
    ? 'Type what you want to hear, or paste a link from Spotify.'
    : 'Spotify found no such song. Try the title and the artist, or paste a link to it.';
}

function countWords(count: number): string {
  return count === 1 ? 'One song found.' : `${count} songs found.`;
}

/** Search and add, one song after the other. */
export function SearchSheet({ onClose }: { readonly onClose: () => void }) {
  const store = useRoomStore();
  const [search] = useState(() => new SongSearch(store.api.search));
  const found = useSyncExternalStore(search.subscribe, search.getState, search.getState);
  const { results, nextOffset, isLoading, error } = found;
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => search.close(), [search]);

  function type(typed: string): void {
    setText(typed);
    search.type(typed);
  }

  return (
    <Sheet title="Add a song" tall firstFocus={field} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys come from the fields and buttons inside. */}
      <div className="flex flex-col" onKeyDown={onArrows}>
        <SearchField ref={field} text={text} isLoading={isLoading} onType={type} onEnter={() => search.now()} />
        <AddingRules />
        <p role="status" className="min-h-6 py-1 text-sm text-faint">
          {statusWords(found)}
        </p>
        {error !== null && (
          <div role="alert" className="flex flex-col items-start gap-2 py-2 text-quiet">
            <p>{searchFailure(error)}</p>
            {error.code !== 'invalid_uri' && (
              <Button size="small" onClick={() => search.now()}>
                Search again
              </Button>
            )}
          </div>
        )}
        <FoundSongs songs={results} isStale={isLoading} onAdded={() => void search.refresh()} />
        {nextOffset !== null && results.length > 0 && (
          <Button variant="quiet" className="my-2" data-stop="" disabled={isLoading} onClick={() => search.more()}>
            {isLoading ? 'Searching…' : 'More results'}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
