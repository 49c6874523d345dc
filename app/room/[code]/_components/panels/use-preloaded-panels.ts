import { useEffect } from 'react';
import { preloadPanels } from './lazy-panel';

const touches = ['pointerdown', 'keydown'] as const;

/**
 * Has the panels' code from the first touch on, so that a connection that goes later takes no button away. Never part of what the page
 * loads before: somebody who only looks needs none of it.
 */
export function usePreloadedPanels(isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return undefined;
    const forget = new AbortController();
    const preload = (): void => {
      forget.abort();
      void preloadPanels();
    };
    for (const touch of touches) window.addEventListener(touch, preload, { passive: true, signal: forget.signal });
    return () => forget.abort();
  }, [isLive]);
}
