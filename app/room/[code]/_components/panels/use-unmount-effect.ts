import { useEffect, useRef } from 'react';

/** Runs `work`, as it was last given, when this part of the page goes away: a panel that Back or Escape closes gives its fields no blur. */
export function useLeaving(work: () => void): void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => () => latest.current(), []);
}
