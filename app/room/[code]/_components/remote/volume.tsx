import { Volume2 } from 'lucide-react';
import { type CSSProperties, useState } from 'react';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';

/** The device's volume; only the last value of a drag is sent. */
export function Volume() {
  const store = useRoomStore();
  const known = useRoom((state) => state.snapshot.playback.device?.volumePercent ?? 0);
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? known;
  const style: CSSProperties & { '--passed': string } = { '--passed': `${shown}%` };

  async function drop(): Promise<void> {
    if (dragged === null) return;
    await store.run((api) => api.setVolume(dragged));
    // Somebody who has moved it on meanwhile is not thrown back.
    setDragged((now) => (now === dragged ? null : now));
  }

  return (
    <label className="flex max-w-52 min-w-0 grow basis-20 items-center gap-3 text-faint">
      <Volume2 aria-hidden className="size-5 shrink-0" />
      <span className="sr-only">Volume</span>
      <input
        type="range"
        className="range"
        style={style}
        min={0}
        max={100}
        value={shown}
        aria-valuetext={`${shown} percent`}
        onChange={(event) => setDragged(Number(event.target.value))}
        onPointerUp={() => void drop()}
        onKeyUp={() => void drop()}
        onBlur={() => void drop()}
      />
    </label>
  );
}
