'use client';

import { useEffect, useState } from 'react';
import { ownWords } from '@/lib/client/api-error';
import { keepsCookies } from '@/lib/client/opening-session';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { ShownLoginOutcome } from '@/lib/shared/contract/spotify';
import { loginHref, setupHref } from './login-href';
import { Notice } from './ui/notice';
import { TextButton, TextLink } from './ui/text-link';

interface Words {
  readonly text: string;
  /** What can be pressed next. */
  readonly link?: { readonly label: string; readonly account?: 'another' };
  /** Where hosts may bring an app of their own: what that is called here. */
  readonly setup?: string;
}

const again = { label: 'Try again' };
const bring = 'Use your own Spotify app';
const look = 'Look at your Spotify app';
const another = { label: 'Use another Spotify account', account: 'another' } as const;

const words: Readonly<Record<ShownLoginOutcome, Words>> = {
  connected: { text: 'Spotify is connected.' },
  denied: {
    text: 'Spotify was not connected, because you cancelled there. You can try again whenever you like.',
    link: again,
  },
  expired: { text: 'That login was too old or came from another tab.', link: { label: 'Begin anew' } },
  other_browser: {
    text: 'Spotify came back in another browser than the one you began in. Go back to that one and connect there again, or begin here: start a room in this browser and connect Spotify from it.',
  },
  not_allowed: {
    text: 'Spotify does not let this account use the app yet. Whoever runs Roomtone has to add it to the allow list in the Spotify dashboard, under User management.',
    link: another,
    setup: bring,
  },
  owner_not_premium: {
    text: 'Spotify has paused this app: its owner needs an active Premium plan. No other account helps; after renewing, it can take a few hours.',
    link: again,
    setup: bring,
  },
  app_refused: {
    text: 'Spotify does not know this app. Trying again does not help: whoever runs this site has to look at SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET.',
    setup: bring,
  },
  own_app_not_allowed: {
    text: 'Your Spotify app does not let this account use it. Log in with the account that made the app, or add this one to it in the Spotify dashboard, under User management.',
    link: another,
    setup: look,
  },
  own_app_not_premium: {
    text: 'Spotify pauses your app: the account that made it needs an active Premium plan. After renewing, it can take a few hours.',
    link: again,
    setup: look,
  },
  own_app_refused: {
    text: 'Spotify does not know your app. It may have been deleted, or the client id is not right.',
    setup: look,
  },
  failed: { text: 'Spotify could not be connected just now. Nothing has changed; try again in a moment.', link: again },
};

/** A login from home was to bring a room back, and home is only shown where there is none. */
const noRoom: Words = { text: 'Spotify is connected, but there is no room of this account. Start one here.' };

/** A login that comes back to a browser without cookies finds nothing of itself there, and neither would the next one. */
const noCookies: Words = { text: ownWords.no_cookies };

/** How long good news stays, in ms. */
const shownMs = 6_000;

function isOutcome(value: string | undefined): value is ShownLoginOutcome {
  return value !== undefined && Object.hasOwn(words, value);
}

/**
 * What came of a login with Spotify, said once; the address forgets it, so that a reload does not say it again.
 *
 * @param path of the page it is said on
 * @param ownApps whether an app of the host's own may be offered where another one stands in the way
 */
export function LoginOutcomeNotice({
  outcome,
  path,
  ownApps = 'off',
}: {
  readonly outcome: string | undefined;
  readonly path: string;
  readonly ownApps?: AppFacts['ownApps'];
}) {
  const [shown, setShown] = useState(outcome);
  const passes = shown === 'connected' && path !== '/';
  useEffect(() => {
    const url = new URL(window.location.href);
    if (!url.searchParams.has('spotify')) return;
    url.searchParams.delete('spotify');
    window.history.replaceState(null, '', url.pathname + url.search);
  }, []);
  useEffect(() => {
    if (!passes) return undefined;
    // Good news needs no answer.
    const timer = setTimeout(() => setShown(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [passes]);
  const [isCookieless, setCookieless] = useState(false);
  useEffect(() => setCookieless(shown === 'other_browser' && !keepsCookies()), [shown]);
  if (!isOutcome(shown)) return null;
  const { text, link, setup }: Words = isCookieless
    ? noCookies
    : shown === 'connected' && path === '/'
      ? noRoom
      : words[shown];
  const isGood = shown === 'connected';
  return (
    <Notice
      text={text}
      role={isGood ? 'status' : 'alert'}
      isGood={isGood}
      actions={
        <span className="-mx-3 flex flex-wrap">
          {link !== undefined && (
            <TextLink variant="action" href={loginHref(path, link.account)}>
              {link.label}
            </TextLink>
          )}
          {setup !== undefined && ownApps !== 'off' && (
            <TextLink variant="action" href={setupHref(path)}>
              {setup}
            </TextLink>
          )}
          <TextButton className="px-3" onClick={() => setShown(undefined)}>
            OK
          </TextButton>
        </span>
      }
    />
  );
}
