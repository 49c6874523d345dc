'use client';

import { useEffect, useState } from 'react';
import { intentLink } from '@/lib/client/intent-link';
import { copyText } from '@/lib/client/sharing';
import type { InAppBrowser } from '@/lib/shared/contract/app';
import { Notice } from './ui/notice';
import { TextButton, TextLink } from './ui/text-link';

/** What people do where no link leads out of an app. */
const byHand = ' Choose “Open in browser” in its menu, or copy the link into Safari.';

/** Said to people whose browser is a part of an app, before they join or log in: the way out of it (MB7). */
export function InAppNotice({ browser }: { readonly browser: InAppBrowser | null }) {
  // Known to the browser alone: a laptop has several addresses.
  const [address, setAddress] = useState<string | null>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => setAddress(window.location.href), []);
  if (browser === null) return null;
  const where = `This page is open inside ${browser.name ?? 'another app'}, where you and a login with Spotify may be forgotten.`;
  return (
    <Notice
      text={copied === false ? `${where} Copying did not work here.` : `${where}${browser.onAndroid ? '' : byHand}`}
      actions={
        <span className="-mx-3 flex flex-wrap">
          {browser.onAndroid && address !== null && (
            <TextLink variant="action" href={intentLink(address)}>
              Open in your browser
            </TextLink>
          )}
          <TextButton variant="action" onClick={() => void copyText(window.location.href).then(setCopied)}>
            {copied === true ? 'Copied' : 'Copy the link'}
          </TextButton>
        </span>
      }
    />
  );
}
