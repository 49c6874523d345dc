import { Plus } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { canAddSongs } from '@/lib/client/room/rights';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import { PlayButton } from './remote/play-button';
import type { SheetName } from './panels/use-sheet';
import { SkipBar } from './remote/skip-bar';
import { UndoStrip } from './notices/undo';

/** What everybody may press, within reach of the thumb: on phones it stays at the lower edge, however far the page is scrolled. */
export function Dock({ onOpen }: { readonly onOpen: (sheet: SheetName) => void }) {
  const canAdd = useRoom(canAddSongs);
  const hasTrack = useRoom((state) => state.snapshot.playback.track !== null);
  const controls = useMay('control');
  const guestPlays = useMay('pause') && !controls;
  return (
    <div className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-ground px-5 pb-[max(0.5rem,env(safe-area-inset-bottom))] wide:static wide:border-0 wide:px-0 wide:pb-0">
      <UndoStrip className="border-b border-line wide:fixed wide:right-0 wide:bottom-0 wide:z-20 wide:w-full wide:max-w-105 wide:border-t wide:border-b-0 wide:border-l wide:bg-ground wide:px-5" />
      <div className="flex flex-col gap-x-3 gap-y-1 pt-2 wide:flex-row wide:items-start">
        {(hasTrack || guestPlays) && (
          <div className="flex min-w-0 grow items-start gap-3">
            {guestPlays && <PlayButton />}
            {hasTrack && <SkipBar />}
          </div>
        )}
        {canAdd && (
          <Button variant="primary" className="wide:min-h-16 lg:hidden" onClick={() => onOpen('search')}>
            <Plus aria-hidden className="size-5" />
            <span>Add a song</span>
          </Button>
        )}
      </div>
    </div>
  );
}
