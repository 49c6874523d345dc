import { useCallback, useSyncExternalStore } from 'react';
import { positionAt } from '@/lib/client/playback-clock';
import { useRoomStore } from '@/lib/client/room/use-room';

/** How often and how finely it is looked, in ms: what is told in minutes needs no more. */
const stepMs = 5_000;

/** What is left of the song that plays, in ms, in steps of five seconds; null while nothing runs. */
export function useRemaining(): number | null {
  const store = useRoomStore();
  const subscribe = useCallback(
    (listener: () => void): (() => void) => {
      const stop = store.subscribe(listener);
      const timer = setInterval(() => document.hidden || listener(), stepMs);
      return () => {
        clearInterval(timer);
        stop();
      };
    },
    [store],
  );
  const read = (): number | null => {
    const { song, clockOffsetMs } = store.getState();
    if (song === null || song.status !== 'playing') return null;
    return Math.round((song.durationMs - positionAt(song, clockOffsetMs, Date.now())) / stepMs) * stepMs;
  };
  // On the server there is no "now" that the browser would agree with.
  return useSyncExternalStore(subscribe, read, () => null);
}
