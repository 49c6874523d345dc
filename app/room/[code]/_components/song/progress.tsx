import { type CSSProperties, useState } from 'react';
import { formatTime, type PositionFacts } from '@/lib/client/playback-clock';
import { hasRight } from '@/lib/client/room/rights';
import { usePosition } from './use-position';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';

/** Where the song is. The host and co-hosts can move it. */
export function Progress() {
  const facts = useRoom((state) => state.song);
  const movable = useRoom((state) => hasRight(state, 'control') && state.snapshot.playback.can.seek);
  if (facts === null) return null;
  return movable ? <Movable facts={facts} /> : <Running facts={facts} />;
}

/** Where the song is, for screens nobody touches. */
export function ReadOnlyProgress() {
  const facts = useRoom((state) => state.song);
  return facts === null ? null : <Running facts={facts} />;
}

function Times({ at, of, stands }: { readonly at: number; readonly of: number; readonly stands: boolean }) {
  return (
    <p className="-mt-3 flex justify-between text-[0.875em] text-faint tabular-nums">
      <span>{formatTime(at)}</span>
      {stands && <span className="arrives font-medium text-quiet">Paused</span>}
      <span>{formatTime(of)}</span>
    </p>
  );
}

function Running({ facts }: { readonly facts: PositionFacts }) {
  const position = usePosition(
    facts,
    useRoom((state) => state.clockOffsetMs),
  );
  const stands = facts.status !== 'playing';
  return (
    <div>
      <progress
        aria-label="Position in the song"
        max={facts.durationMs}
        value={position}
        className={`mt-3 mb-5 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-(--lit) [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-(--lit) ${stands ? '[--lit:var(--control)]' : '[--lit:var(--accent)]'}`}
      />
      <Times at={position} of={facts.durationMs} stands={stands} />
    </div>
  );
}

function Movable({ facts }: { readonly facts: PositionFacts }) {
  const store = useRoomStore();
  const position = usePosition(
    facts,
    useRoom((state) => state.clockOffsetMs),
  );
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? position;
  const stands = facts.status !== 'playing';

  function drop(): void {
    if (dragged === null) return;
    const positionMs = Math.min(dragged, facts.durationMs);
    void store.run((api) => api.seek(positionMs), { positionMs });
    setDragged(null);
  }

  return (
    <div>
      <input
        type="range"
        aria-label="Position in the song"
        aria-valuetext={`${formatTime(shown)} of ${formatTime(facts.durationMs)}`}
        className={`range -mt-2 ${stands ? '[--lit:var(--control)]' : ''}`}
        style={passed(shown / facts.durationMs)}
        min={0}
        max={facts.durationMs}
        step={1_000}
        value={shown}
        onChange={(event) => setDragged(Number(event.target.value))}
        onPointerUp={drop}
        onKeyUp={drop}
        onBlur={drop}
      />
      <Times at={shown} of={facts.durationMs} stands={stands} />
    </div>
  );
}

/** The part of a range that has passed, for its track. */
function passed(share: number): CSSProperties {
  const style: CSSProperties & { '--passed': string } = {
    '--passed': `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`,
  };
  return style;
}
