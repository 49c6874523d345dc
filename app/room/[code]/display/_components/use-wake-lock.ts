import { useEffect } from 'react';

/**
 * Keeps the screen on while the page is looked at. On plain http addresses of the home network, and where a browser refuses, screens do as
 * they are set.
 */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    let held: WakeLockSentinel | null = null;
    let gone = false;
    const hold = async (): Promise<void> => {
      if (document.hidden || gone) return;
      const lock = await navigator.wakeLock.request('screen').catch(() => null);
      if (gone) await lock?.release();
      else held = lock;
    };
    // Browsers let go of it when the page is hidden, and do not take it up again.
    const again = (): void => void hold();
    document.addEventListener('visibilitychange', again);
    void hold();
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', again);
      void held?.release();
    };
  }, []);
}
