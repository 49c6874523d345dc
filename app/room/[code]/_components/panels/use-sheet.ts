import { useCallback, useEffect, useRef, useState } from 'react';

/** The panels of a room, one open at a time; `song` is the menu of a waiting song. */
export type SheetName =
  | 'invite'
  | 'settings'
  | 'devices'
  | 'people'
  | 'keys'
  | 'search'
  | 'history'
  | 'song'
  | 'screens';

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
  const isClosing = useRef(false);
  useEffect(() => {
    const shut = (): void => {
      isClosing.current = false;
      setSheet(null);
    };
    window.addEventListener('popstate', shut);
    return () => window.removeEventListener('popstate', shut);
  }, []);
  const open = useCallback((name: SheetName): void => {
    if (!isOpened()) window.history.pushState({ sheet: true }, '');
    setSheet(name);
  }, []);
  const close = useCallback((): void => {
    if (!isOpened()) return setSheet(null);
    // The step is taken a moment later. What closes twice until then, a menu whose song goes with it, must not leave the room.
    if (isClosing.current) return;
    isClosing.current = true;
    // Closed by the step back, and not before it: the next panel's own step must not be the one that is taken back.
    window.history.back();
  }, []);
  return { sheet, open, close };
}
