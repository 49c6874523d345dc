'use client';

import { useRoom } from '@/lib/client/use-room';
import { PlayButton } from './play-button';
import { SkipBar } from './skip-bar';

/** What everybody may press, within reach of the thumb: on phones it stays at the lower edge, however far the page is scrolled. */
export function Dock() {
  const isHost = useRoom((state) => state.you.role === 'host');
  const guestsCanPause = useRoom((state) => state.snapshot.room.guestsCanPause);
  const hasTrack = useRoom((state) => state.snapshot.playback.track !== null);
  const guestPlays = !isHost && guestsCanPause;
  if (!hasTrack && !guestPlays) return null;
  return (
    <div className="sticky bottom-0 z-10 -mx-5 flex items-start gap-3 bg-ground px-5 pt-2 pb-[env(safe-area-inset-bottom)] wide:static wide:mx-0 wide:px-0">
      {guestPlays && <PlayButton />}
      {hasTrack && <SkipBar />}
    </div>
  );
}
