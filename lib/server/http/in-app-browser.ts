import 'server-only';
import inAppSpy from 'inapp-spy';
import type { InAppBrowser } from '@/lib/shared/contract/app';

/**
 * The browser that an app shows pages in, where the request came from one (MB7); null for browsers of their own. Apps that say nothing of
 * themselves are not found.
 *
 * @param userAgent as the request has it
 */
export function readInAppBrowser(userAgent: string | null): InAppBrowser | null {
  if (userAgent === null || userAgent === '') return null;
  const { isInApp, appName } = inAppSpy({ ua: userAgent });
  return isInApp ? { name: appName ?? null, onAndroid: userAgent.includes('Android') } : null;
}
