import { SkipBack, SkipForward } from 'lucide-react';
import { IconButton } from '@/app/_components/ui/button';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import { PlayButton } from './play-button';
import { useRemote } from './use-remote';
import { Volume } from './volume';

/** The controls of the host and co-hosts; a guest's stand in the dock, beside the skip bar. */
export function Transport() {
  const controls = useMay('control');
  const mayPause = useMay('pause');
  const hasDeviceVolume = useRoom((state) => state.snapshot.playback.device?.supportsVolume === true);
  const { next, previous } = useRemote();
  if (!controls) return mayPause ? null : <p className="text-sm text-faint">Only the host can pause here.</p>;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-5 md:justify-start md:gap-x-8">
      <div className="-ml-3 flex items-center gap-2 md:gap-3">
        <IconButton label="Previous song" onClick={previous}>
          <SkipBack aria-hidden className="size-6 fill-current" />
        </IconButton>
        <PlayButton />
        <IconButton label="Next song" onClick={next}>
          <SkipForward aria-hidden className="size-6 fill-current" />
        </IconButton>
      </div>
      {hasDeviceVolume && <Volume />}
    </div>
  );
}
