import type { SheetName } from './sheet-name';

/** Where the tab keeps it while Spotify's page is shown in it. */
const key = 'asking-sheet';

/** The panels that ask Spotify for something. */
const askers: readonly SheetName[] = ['settings', 'history'];

/** Keeps which panel sent the host to Spotify. Without storage the way back ends in the room, as it does from any login. */
export function rememberSheet(sheet: SheetName): void {
  try {
    sessionStorage.setItem(key, sheet);
  } catch {
    // Nothing is lost but a press.
  }
}

/** The panel that sent the host to Spotify, once; null without any. */
export function takeSheetAfterLogin(): SheetName | null {
  try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return askers.find((name) => name === kept) ?? null;
  } catch {
    return null;
  }
}
