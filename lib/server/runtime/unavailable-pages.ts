import 'server-only';

/**
 * Has the server around Next answer 503 for a page that cannot be made just now (EV8): Next itself answers every page that fails with 500.
 * It finds the page's id here by a name that both know; see server/page-status.ts. On a platform nobody asks, and nothing is kept.
 */
export function noteUnavailablePage(requestId: string): void {
  const ids: unknown = Reflect.get(globalThis, Symbol.for('roomtone.unavailable-pages'));
  if (ids instanceof Set) ids.add(requestId);
}
