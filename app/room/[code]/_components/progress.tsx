'use client';

import { type CSSProperties, useState } from 'react';
import { api } from '@/lib/client/api-client';
import { formatTime, type PositionFacts, positionFacts } from '@/lib/client/playback-clock';
import { usePosition } from '@/lib/client/use-position';
import { useRoom, useRoomStore } from '@/lib/client/use-room';

/** Where the song is. The host can move it. */
export function Progress() {
  const playback = useRoom((state) => state.snapshot.playback);
  const playing = useRoom((state) => state.overlay.playing);
  const facts = positionFacts(playback);
  if (facts === null) return null;
  // What a press will bring holds the position still, or lets it run, before the server says so.
  const status = playing === undefined ? facts.status : playing ? 'playing' : 'paused';
  return <Running facts={{ ...facts, status }} canSeek={playback.can.seek} />;
}

function Running({ facts, canSeek }: { readonly facts: PositionFacts; readonly canSeek: boolean }) {
  const store = useRoomStore();
  const offset = useRoom((state) => state.clockOffsetMs);
  const code = useRoom((state) => state.snapshot.room.code);
  const isHost = useRoom((state) => state.you.role === 'host');
  const position = usePosition(facts, offset);
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? position;

  async function drop(): Promise<void> {
    if (dragged === null) return;
    await store.press(() => api.seek(code, Math.min(dragged, facts.durationMs)));
    setDragged(null);
  }

  return (
    <div>
      {isHost && canSeek ? (
        <input
          type="range"
          aria-label="Position in the song"
          aria-valuetext={`${formatTime(shown)} of ${formatTime(facts.durationMs)}`}
          className="range"
          style={passed(shown / facts.durationMs)}
          min={0}
          max={facts.durationMs}
          step={1_000}
          value={shown}
          onChange={(event) => setDragged(Number(event.target.value))}
          onPointerUp={() => void drop()}
          onKeyUp={() => void drop()}
          onBlur={() => void drop()}
        />
      ) : (
        <progress
          aria-label="Position in the song"
          max={facts.durationMs}
          value={shown}
          className="my-5 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
      )}
      <p className="-mt-1.5 flex justify-between text-sm text-faint tabular-nums">
        <span>{formatTime(shown)}</span>
        <span>{formatTime(facts.durationMs)}</span>
      </p>
    </div>
  );
}

/** The part of a range that has passed, for its track. */
function passed(share: number): CSSProperties {
  const style: CSSProperties & { '--passed': string } = { '--passed': `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%` };
  return style;
}
