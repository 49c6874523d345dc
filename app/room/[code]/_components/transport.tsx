'use client';

import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { IconButton } from '@/app/_components/ui/button';
import { useRoom } from '@/lib/client/use-room';
import { usePresses } from './use-presses';
import { Volume } from './volume';

/** Only what this person may press. */
export function Transport() {
  const isHost = useRoom((state) => state.you.role === 'host');
  const guestsCanPause = useRoom((state) => state.snapshot.room.guestsCanPause);
  const hasDeviceVolume = useRoom((state) => state.snapshot.playback.device?.supportsVolume === true);
  const { isPlaying, togglePlay, next, previous } = usePresses();
  if (!isHost && !guestsCanPause) return <p className="text-sm text-faint">Only the host can pause here.</p>;
  return (
    <div className="flex items-center justify-between gap-x-5 md:flex-wrap md:gap-x-8 md:gap-y-2">
      <div className="flex items-center gap-2">
        {isHost && (
          <IconButton label="Previous song" onClick={previous}>
            <SkipBack aria-hidden className="size-6 fill-current" />
          </IconButton>
        )}
        <IconButton large label={isPlaying ? 'Pause' : 'Play'} onClick={togglePlay}>
          {isPlaying ? (
            <Pause aria-hidden className="size-8 fill-current stroke-none" />
          ) : (
            <Play aria-hidden className="size-8 translate-x-0.5 fill-current stroke-none" />
          )}
        </IconButton>
        {isHost && (
          <IconButton label="Next song" onClick={next}>
            <SkipForward aria-hidden className="size-6 fill-current" />
          </IconButton>
        )}
      </div>
      {isHost && hasDeviceVolume && <Volume />}
    </div>
  );
}
