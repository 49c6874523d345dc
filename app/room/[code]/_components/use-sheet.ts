'use client';

import { useCallback, useEffect, useState } from 'react';
import type { SheetName } from './sheet-name';

interface SheetState {
  readonly sheet: SheetName | null;
  readonly open: (name: SheetName) => void;
  readonly close: () => void;
}

const isOpened = (): boolean => window.history.state?.sheet === true;

/**
 * Which panel is open. An open one is a step of the browser's history, so that Back, which on phones is how things are closed, closes it
 * and stays in the room.
 */
export function useSheet(): SheetState {
  const [sheet, setSheet] = useState<SheetName | null>(null);
  useEffect(() => {
    const shut = (): void => setSheet(null);
    window.addEventListener('popstate', shut);
    return () => window.removeEventListener('popstate', shut);
  }, []);
  const open = useCallback((name: SheetName): void => {
    if (!isOpened()) window.history.pushState({ sheet: true }, '');
    setSheet(name);
  }, []);
  // Closed by the step back, and not before it: the next panel's own step must not be the one that is taken back.
  const close = useCallback((): void => (isOpened() ? window.history.back() : setSheet(null)), []);
  return { sheet, open, close };
}
