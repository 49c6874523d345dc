import { History } from 'lucide-react';
import { Button } from '@/app/_components/ui/button';
import { useMay, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { SheetName } from '@/app/room/[code]/_components/panels/use-sheet';
import { useUndo } from '@/app/room/[code]/_components/notices/undo';

/** Below the waiting songs: what was played before, and for the host and co-hosts whether more songs are taken. */
export function QueueFoot({ onOpen }: { readonly onOpen: (sheet: SheetName) => void }) {
  const mayOpen = useMay('open_queue');
  const isOpen = useRoom((state) => state.snapshot.room.queueOpen);
  const store = useRoomStore();
  const offerUndo = useUndo();
  const set = (queueOpen: boolean) => store.run((api) => api.updateRoom({ queueOpen }));
  async function toggle(): Promise<void> {
    if (await set(!isOpen))
      offerUndo(isOpen ? 'Guests cannot add songs now.' : 'Guests can add songs again.', () => set(isOpen));
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 pt-2">
      <Button variant="quiet" size="small" className="-mx-4" onClick={() => onOpen('history')}>
        <History aria-hidden className="size-4.5" />
        <span>Played so far</span>
      </Button>
      {mayOpen && (
        <Button variant="quiet" size="small" className="-mx-4" onClick={() => void toggle()}>
          {isOpen ? 'Take no more songs' : 'Take songs from guests again'}
        </Button>
      )}
    </div>
  );
}
