import { api } from './api-client';
import { ApiError } from './api-error';

const probe = 'roomtone_probe=1';

/** Whether this browser keeps cookies of this page, tried with one that is gone again at once. */
export function keepsCookies(): boolean {
  document.cookie = `${probe}; Path=/; SameSite=Lax`;
  const isKept = document.cookie.includes(probe);
  document.cookie = `${probe}; Path=/; SameSite=Lax; Max-Age=0`;
  return isKept;
}

/** A session did not come back to this page: another try would leave one more behind. */
let isLost = false;

const isInRoom = async (): Promise<boolean> => (await api.me()).room !== null;

/**
 * Does what opens a session where this browser has none, and looks whether it has it (MB6): before, so that nothing is made that nobody
 * could come back to, and after, because the server's cookie may be refused where a page's own is kept.
 *
 * @param open joins or makes a room
 * @param isKnown whether this browser is then what it became by that
 * @throws {ApiError} `no_cookies`, and whatever `open` rejects with
 */
export async function openingSession<T>(
  open: () => Promise<T>,
  isKnown: (result: T) => Promise<boolean> = isInRoom,
): Promise<T> {
  if (isLost || !keepsCookies()) throw new ApiError(null, null, 'no_cookies');
  const result = await open();
  // An answer that did not come says nothing of cookies.
  isLost = !(await isKnown(result).catch(() => true));
  if (isLost) throw new ApiError(null, null, 'no_cookies');
  return result;
}
