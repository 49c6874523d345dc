import { useEffect } from 'react';
import { takeSheetAfterLogin } from './sheet-after-login';
import type { SheetName } from './sheet-name';

/** Back from Spotify with the right that a panel asked for: that panel is opened again. After any other answer it is forgotten. */
export function useSheetAfterLogin(loginOutcome: string | undefined, open: (sheet: SheetName) => void): void {
  useEffect(() => {
    const sheet = takeSheetAfterLogin();
    if (sheet !== null && loginOutcome === 'connected') open(sheet);
  }, [loginOutcome, open]);
}
