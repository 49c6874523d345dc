import { Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { minutesUntil } from '@/lib/client/queue-clock';
import { canAddSongs } from '@/lib/client/room/rights';
import { useRemaining } from './use-remaining';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import { lazyPanel } from '@/app/room/[code]/_components/panels/lazy-panel';
import type { SheetName } from '@/app/room/[code]/_components/panels/use-sheet';
import { EmptyQueue } from './empty-queue';
import { isYourTurn, orderSentences } from './queue-words';
import { QueueFoot } from './queue-foot';
import { useSongActions } from './use-song-actions';
import { useWholeQueue } from './use-whole-queue';
import { WaitingSong } from './waiting-song';

const SongMenu = lazyPanel(() => import('./song-menu').then((module) => module.SongMenu));

/** The song whose tools are open, and the button that opened them. */
interface Chosen {
  readonly id: string;
  readonly button: HTMLElement;
}

/** The songs that wait, in the order they will play. */
export function UpNext({
  sheet,
  onOpen,
  onClose,
}: {
  readonly sheet: SheetName | null;
  readonly onOpen: (sheet: SheetName) => void;
  readonly onClose: () => void;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const { queue, failure } = useWholeQueue(showsAll);
  const count = useRoom((state) => state.snapshot.queueCount);
  const order = useRoom((state) => state.snapshot.room.queueOrder);
  const ownId = useRoom((state) => state.you.memberId);
  const needsPage = useRoom(({ snapshot, you }) => snapshot.queueNeedsPage === true && you.role === 'host');
  const mayArrange = useMay('arrange');
  const canAdd = useRoom(canAddSongs);
  const actions = useSongActions();
  const minutes = minutesUntil(queue, useRemaining());
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const onTools = useCallback(
    (id: string, button: HTMLElement): void => {
      setChosen({ id, button });
      onOpen('song');
    },
    [onOpen],
  );
  const isChoosing = mayArrange && sheet === 'song' && chosen !== null;
  const item = isChoosing ? queue.find(({ id }) => id === chosen.id) : undefined;
  const isGone = sheet === 'song' && item === undefined;
  useEffect(() => {
    // It began to play, or somebody took it out: there is nothing left to do with it.
    if (isGone) onClose();
  }, [isGone, onClose]);
  return (
    <section aria-labelledby="queue-title">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 lg:pb-2">
        <h2 id="queue-title" tabIndex={-1} className="text-lg font-semibold outline-none">
          <span>Up next</span>
          {count > 0 && <span className="font-normal text-faint tabular-nums">{` ${count}`}</span>}
        </h2>
        {canAdd && (
          <span className="max-lg:hidden">
            <Button size="small" onClick={() => onOpen('search')}>
              <Plus aria-hidden className="size-4.5" />
              <span>Add a song</span>
            </Button>
          </span>
        )}
      </div>
      <p aria-live="polite" className="flex items-center gap-2 font-medium not-empty:pb-1">
        {isYourTurn(queue, ownId) && (
          <>
            <span aria-hidden className="size-2 rounded-full bg-accent" />
            <span>Your song is next.</span>
          </>
        )}
      </p>
      {queue.length === 0 ? (
        <EmptyQueue />
      ) : (
        <>
          {!canAdd && <p className="pb-1 text-quiet">The host takes no songs right now.</p>}
          {needsPage && (
            <p className="pb-1 text-quiet">
              Songs play on only while somebody has this room open. Leave it open on a laptop or a TV.
            </p>
          )}
          <p className="pb-2 text-sm text-faint">{orderSentences[order]}</p>
          <ol aria-label="Waiting songs" className="@container border-t border-line">
            {queue.map((item, index) => (
              <WaitingSong
                key={item.id}
                item={item}
                minutes={minutes[index] ?? null}
                ownId={ownId}
                mayArrange={mayArrange}
                actions={actions}
                onTools={onTools}
              />
            ))}
          </ol>
        </>
      )}
      {failure !== null && (
        <p role="alert" className="py-2 text-sm text-quiet">
          {failure}
        </p>
      )}
      {count > queue.length && !showsAll && (
        <Button variant="quiet" size="small" className="-mx-4 mt-1" onClick={() => setShowsAll(true)}>
          {`Show all ${count} songs`}
        </Button>
      )}
      <QueueFoot onOpen={onOpen} />
      {isChoosing && item !== undefined && (
        <SongMenu item={item} queue={queue} anchor={chosen.button} onClose={onClose} />
      )}
    </section>
  );
}
