/** A Wi-Fi network as the host typed it. */
export interface Wifi {
  readonly name: string;
  /** Empty for a network without one. */
  readonly password: string;
}

/** Kept in this browser alone, and sent nowhere (SC12). */
const storageKey = 'roomtone-wifi';

/** What has a meaning in the text of the code, and is escaped where it has none. */
const special = /[\\;,:"]/g;
const escape = (part: string): string => part.replaceAll(special, String.raw`\$&`);

/**
 * The text of a QR code by which phones join a network, in the form that cameras of Android and iOS read.
 *
 * @see https://github.com/zxing/zxing/wiki/Barcode-Contents#wi-fi-network-config-android-ios-11
 */
export function wifiText({ name, password }: Wifi): string {
  const security = password === '' ? 'T:nopass' : `T:WPA;P:${escape(password)}`;
  return `WIFI:S:${escape(name)};${security};;`;
}

/** The network that was typed in this browser; null where there is none, or the browser keeps nothing. */
export function loadWifi(): Wifi | null {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('name' in stored) || !('password' in stored)) return null;
    const { name, password } = stored;
    return typeof name === 'string' && typeof password === 'string' && name !== '' ? { name, password } : null;
  } catch {
    return null;
  }
}

/** Keeps it, or forgets it. @returns whether the browser keeps it */
export function saveWifi(wifi: Wifi | null): boolean {
  try {
    if (wifi === null) window.localStorage.removeItem(storageKey);
    else window.localStorage.setItem(storageKey, JSON.stringify(wifi));
    return true;
  } catch {
    return false;
  }
}
