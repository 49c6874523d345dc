import { useSyncExternalStore } from 'react';
import { type PositionFacts, positionAt } from '@/lib/client/playback-clock';

/** How often a running position is drawn, in ms. */
const tickMs = 500;

function everyTick(listener: () => void): () => void {
  const timer = setInterval(() => document.hidden || listener(), tickMs);
  document.addEventListener('visibilitychange', listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', listener);
  };
}

const never = (): (() => void) => () => undefined;

/** Where the song is now, in whole ticks, drawn again as it runs on. */
export function usePosition(facts: PositionFacts, clockOffsetMs: number): number {
  const runs = facts.status === 'playing';
  const now = (): number => Math.floor(positionAt(facts, clockOffsetMs, Date.now()) / tickMs) * tickMs;
  // On the server there is no "now" that the browser would agree with.
  return useSyncExternalStore(runs ? everyTick : never, now, () => facts.positionMs);
}
