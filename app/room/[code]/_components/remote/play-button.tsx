import { Pause, Play } from 'lucide-react';
import { IconButton } from '@/app/_components/ui/button';
import { useRemote } from './use-remote';

/** Pauses what plays, plays what is paused. */
export function PlayButton() {
  const { isPlaying, togglePlay } = useRemote();
  const Icon = isPlaying ? Pause : Play;
  return (
    <IconButton large label={isPlaying ? 'Pause' : 'Play'} onClick={togglePlay}>
      <Icon aria-hidden className={`size-7 fill-current stroke-none ${isPlaying ? '' : 'translate-x-0.5'}`} />
    </IconButton>
  );
}
