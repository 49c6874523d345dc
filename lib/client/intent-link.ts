/**
 * A link that Android opens in the browser of the phone, also from a page that an app shows. Where an app knows no such links it stays on
 * the page.
 *
 * @see https://developer.chrome.com/docs/android/intents
 */
export function intentLink(address: string): string {
  const { protocol, host, pathname, search } = new URL(address);
  const parts = [
    `scheme=${protocol.slice(0, -1)}`,
    'action=android.intent.action.VIEW',
    'category=android.intent.category.BROWSABLE',
    `S.browser_fallback_url=${encodeURIComponent(address)}`,
  ];
  return `intent://${host}${pathname}${search}#Intent;${parts.join(';')};end`;
}
