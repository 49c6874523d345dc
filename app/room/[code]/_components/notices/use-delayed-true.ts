import { useEffect, useState } from 'react';

/** Whether something has been so for a while: what passes at once is not worth a word. */
export function useDelayedTrue(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasts(isSo), isSo ? ms : 0);
    return () => clearTimeout(timer);
  }, [isSo, ms]);
  return isSo && lasts;
}
