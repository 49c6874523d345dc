/** How long before its end a host is told that Spotify ends a login, in days (LG13). */
const toldDays = 14;

/**
 * Whether a login's end is near enough to be spoken of.
 *
 * @param endsAt the end, in ms since 1970, as `now` is
 */
export function endsSoon(endsAt: number, now: number): boolean {
  return endsAt - now <= toldDays * 86_400_000;
}
