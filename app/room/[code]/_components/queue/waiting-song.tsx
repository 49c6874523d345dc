import { EllipsisVertical, X } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '@/app/_components/ui/button';
import { waitWords } from '@/lib/client/queue-clock';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { SongLine } from '@/app/room/[code]/_components/song/song-line';
import { adderOf } from './queue-words';
import { Score, SongVotes } from './song-votes';
import type { SongActions } from './use-song-actions';

interface WaitingSongProps {
  readonly item: QueueItemDto;
  /** In how many minutes it begins; 0 for the next one, null where nobody can say. */
  readonly minutes: number | null;
  readonly ownId: string;
  readonly mayArrange: boolean;
  readonly actions: SongActions;
  /** Opens the song's tools beside the button that was pressed. */
  readonly onTools: (id: string, button: HTMLElement) => void;
}

/** The upper right, whatever comes before it: votes are what most people want to reach first. */
const corner = 'col-start-3 row-start-1 -mr-3 @xl:col-start-4';

/** A song that waits, with what this person may do about it. Drawn again only when something in it has changed. */
export const WaitingSong = memo(function WaitingSong(props: WaitingSongProps) {
  const { item, minutes, ownId, mayArrange, actions, onTools } = props;
  const { name } = item.track;
  const adder = adderOf(item, ownId);
  const words = [
    item.state === 'pending' ? 'waits for the host' : waitWords(minutes),
    item.moved === true ? 'placed by the host' : '',
  ];
  return (
    <li className="-mx-2 px-2 [contain-intrinsic-size:auto_6.25rem] [content-visibility:auto]">
      <div className="grid grid-cols-[3rem_minmax(0,1fr)_auto] gap-x-3 border-b border-line pt-3 pb-1 @xl:grid-cols-[3rem_minmax(0,1fr)_auto_auto] @xl:items-center @xl:py-2.5">
        <SongLine track={item.track} />
        <div className="col-span-2 col-start-2 -mt-1 flex min-h-11 items-center justify-between gap-3 @xl:col-span-1 @xl:col-start-3 @xl:row-start-1 @xl:mt-0 @xl:gap-6">
          {/* A long name is cut within its own line; when the song plays is never cut. */}
          <p className="min-w-0 text-sm leading-snug text-faint @xl:max-w-56">
            <bdi
              translate={item.addedBy === ownId ? 'yes' : 'no'}
              title={adder}
              className="inline-block max-w-full truncate align-bottom text-quiet"
            >
              {adder}
            </bdi>
            {words.map(
              (word) =>
                word !== '' && (
                  <span key={word}>
                    <span> </span>
                    <span className="inline-block">{`· ${word}`}</span>
                  </span>
                ),
            )}
          </p>
          <Standing {...props} />
        </div>
        {mayArrange ? (
          <IconButton
            label={`Tools for ${name}`}
            aria-haspopup="menu"
            className={corner}
            onClick={(event) => onTools(item.id, event.currentTarget)}
          >
            <EllipsisVertical aria-hidden className="size-5" />
          </IconButton>
        ) : item.addedBy === ownId ? (
          <IconButton label={`Take out ${name}`} className={corner} onClick={() => void actions.removeSong(item)}>
            <X aria-hidden className="size-5" />
          </IconButton>
        ) : (
          <span aria-hidden className="@xl:size-12" />
        )}
      </div>
    </li>
  );
});

/** Votes for a song that waits; the score alone for one that Spotify has already; an answer for one that asks the host. */
function Standing({ item, ownId, mayArrange, actions }: WaitingSongProps) {
  if (item.state === 'queued')
    return <SongVotes id={item.id} name={item.track.name} score={item.score} own={item.voters[ownId] ?? 0} />;
  if (item.state === 'next')
    return (
      <span className="flex shrink-0 items-center gap-2 text-sm">
        <span className="flex items-center gap-2 font-medium text-ink">
          <span aria-hidden className="size-2 rounded-full bg-accent" />
          <span>Next</span>
        </span>
        <Score score={item.score} />
      </span>
    );
  if (!mayArrange) return null;
  return (
    <button
      type="button"
      aria-label={`Approve ${item.track.name}`}
      onClick={() => void actions.approveSong(item)}
      className="min-h-11 shrink-0 rounded-full border border-control px-4 text-sm font-medium transition-colors duration-150 hover:bg-raised"
    >
      Approve
    </button>
  );
}
