import 'server-only';

/**
 * Six calendar months after the login, when Spotify ends the grant; the last day of a shorter month.
 */
export function reconnectBy(authorizedAt: Date): Date {
  const by = new Date(authorizedAt);
  by.setUTCDate(1);
  by.setUTCMonth(by.getUTCMonth() + 6);
  const lastDay = new Date(Date.UTC(by.getUTCFullYear(), by.getUTCMonth() + 1, 0)).getUTCDate();
  by.setUTCDate(Math.min(authorizedAt.getUTCDate(), lastDay));
  return by;
}
