import { Check } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import type { FoundSong } from '@/lib/shared/contract/search';
import { formatTime } from '@/lib/client/playback-clock';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { SongLine } from '@/app/room/[code]/_components/song/song-line';

/** How adding a song stands. */
export type Adding =
  | { readonly kind: 'adding' }
  | { readonly kind: 'added'; readonly item: QueueItemDto }
  | { readonly kind: 'refused' | 'failed'; readonly detail: string };

/** A song that was found, with the button that adds it, or the reason why there is none. */
export function FoundSongRow({
  song,
  state,
  added,
  onAdd,
}: {
  readonly song: FoundSong;
  readonly state: Adding | null;
  /** What is said of it once it is in the queue. */
  readonly added: string | null;
  readonly onAdd: () => void;
}) {
  const refusal = state?.kind === 'refused' ? state.detail : state === null ? song.refusal?.detail : undefined;
  const offers = added === null && refusal === undefined;
  const note = added ?? refusal ?? (state?.kind === 'failed' ? state.detail : null);
  return (
    <li className="grid grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2.5">
      <SongLine track={song} />
      <span className="flex items-center gap-3">
        <span className="text-sm text-faint tabular-nums">{formatTime(song.durationMs)}</span>
        {offers && (
          <Button
            size="small"
            data-stop=""
            aria-label={`Add ${[song.name, ...song.artists].join(', ')}`}
            aria-disabled={state?.kind === 'adding'}
            onClick={() => state?.kind !== 'adding' && onAdd()}
          >
            Add
          </Button>
        )}
        {added !== null && <Check aria-hidden className="size-6 text-accent" />}
      </span>
      {note !== null && (
        <p
          role={state?.kind === 'failed' ? 'alert' : undefined}
          // In place of the button that had the focus, or could have had it.
          tabIndex={offers ? undefined : -1}
          data-stop={offers ? undefined : ''}
          ref={offers || state === null ? undefined : takeOver}
          className="col-span-2 col-start-2 text-sm text-quiet"
        >
          {note}
        </p>
      )}
    </li>
  );
}

/** The button that had the focus is gone: the keyboard goes on from what stands there instead. */
function takeOver(place: HTMLElement | null): void {
  if (place !== null && document.activeElement === document.body) place.focus({ preventScroll: true });
}
