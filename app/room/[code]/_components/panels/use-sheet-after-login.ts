'use client';

import { useEffect } from 'react';
import { takeAsking } from './sheet-after-login';
import type { SheetName } from './sheet-name';

/** Back from Spotify with the right that a panel asked for: that panel is opened again. After any other answer it is forgotten. */
export function useAskingSheet(loginOutcome: string | undefined, open: (sheet: SheetName) => void): void {
  useEffect(() => {
    const sheet = takeAsking();
    if (sheet !== null && loginOutcome === 'connected') open(sheet);
  }, [loginOutcome, open]);
}
