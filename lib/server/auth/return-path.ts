import 'server-only';

const fallback = '/';

/**
 * Where a login leads back to: a path of our own, rebuilt from its parts, or `/` for anything else (LG6, OA-07). Decided
 * when the login begins and stored with it.
 *
 * @param origin the app's own origin
 */
export function parseReturnPath(input: string | null, origin: string): string {
  // One leading slash, printable ASCII, no backslash: browsers read `//`, `/\` and `/<tab>/` as another site.
  if (input === null || input.length > 512 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(input)) return fallback;
  const url = URL.canParse(input, origin) ? new URL(input, origin) : null;
  if (url === null || url.origin !== origin) return fallback;
  const path = url.pathname + url.search;
  // What dots were resolved to must not name another site either.
  return path.startsWith('//') ? fallback : path;
}

/** The same path with `?spotify=` set to how the login ended. */
export function withOutcome(path: string, outcome: string): string {
  const url = new URL(path, 'http://internal.invalid');
  url.searchParams.set('spotify', outcome);
  return url.pathname + url.search;
}
