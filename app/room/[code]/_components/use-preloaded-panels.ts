'use client';

import { useEffect } from 'react';
import { preloadPanels } from './lazy-panel';

/** How long a live page is left alone first, in ms. */
const restMs = 2_000;

/**
 * Has the panels' code as soon as the room is live and the browser has nothing else to do, so that a connection that goes later takes no
 * button away. Never part of what the page needs to begin.
 */
export function usePreloadedPanels(isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return undefined;
    const timer = setTimeout(() => {
      // Not every browser says when it is idle; by now the page has long begun.
      if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(() => void preloadPanels());
      else void preloadPanels();
    }, restMs);
    return () => clearTimeout(timer);
  }, [isLive]);
}
