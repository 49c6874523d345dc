import { useEffect } from 'react';
import type { SheetName } from './use-sheet';

/** Where the tab keeps it while Spotify's page is shown in it. */
const key = 'asking-sheet';

/** The panels that need a grant of their own. */
const panels: readonly SheetName[] = ['settings', 'history'];

/** Stores which panel sent the host to Spotify. Without storage the login returns to the room alone, as any other does. */
export function rememberSheet(sheet: SheetName): void {
  try {
    sessionStorage.setItem(key, sheet);
  } catch {
    // The host opens the panel again by hand.
  }
}

/** The panel that sent the host to Spotify; null the next time, and without any. */
function takeSheet(): SheetName | null {
  try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return panels.find((name) => name === kept) ?? null;
  } catch {
    return null;
  }
}

/** Opens the panel again that asked for a grant, once Spotify has given it (HT5). After any other answer it is forgotten. */
export function useSheetAfterLogin(loginOutcome: string | undefined, open: (sheet: SheetName) => void): void {
  useEffect(() => {
    const sheet = takeSheet();
    if (sheet !== null && loginOutcome === 'connected') open(sheet);
  }, [loginOutcome, open]);
}
