'use client';

import { useEffect, useState } from 'react';
import type { LoginOutcome } from '@/lib/shared/playback';

const sentences: Readonly<Record<LoginOutcome, string>> = {
  connected: 'Spotify is connected.',
  denied: 'Spotify was not connected, because you cancelled there. You can try again whenever you like.',
  expired: 'That login was too old or came from another tab. Press Connect Spotify to begin anew.',
  not_allowed:
    'Spotify does not let this account use the app yet. Its owner has to add you to the allow list in the Spotify dashboard, or needs Premium.',
  failed: 'Spotify could not be connected just now. Nothing has changed; try again in a moment.',
};

/** How long good news stays, in ms. */
const shownMs = 6_000;

function isOutcome(value: string | undefined): value is LoginOutcome {
  return value !== undefined && Object.hasOwn(sentences, value);
}

/** What came of a login with Spotify, said once; the address forgets it, so that a reload does not say it again. */
export function LoginOutcomeNotice({ outcome }: { readonly outcome: string | undefined }) {
  const [shown, setShown] = useState(outcome);
  useEffect(() => {
    const url = new URL(window.location.href);
    if (!url.searchParams.has('spotify')) return;
    url.searchParams.delete('spotify');
    window.history.replaceState(null, '', url.pathname + url.search);
  }, []);
  useEffect(() => {
    if (shown !== 'connected') return undefined;
    // Good news needs no answer.
    const timer = setTimeout(() => setShown(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [shown]);
  if (!isOutcome(shown)) return null;
  return (
    <p
      role={shown === 'connected' ? 'status' : 'alert'}
      className="arrives flex items-center justify-between gap-4 border-b border-line py-2 text-quiet"
    >
      <span>
        <span
          aria-hidden
          className={`mr-2 inline-block size-2 rounded-full ${shown === 'connected' ? 'bg-accent' : 'bg-danger'}`}
        />
        {sentences[shown]}
      </span>
      <button
        type="button"
        onClick={() => setShown(undefined)}
        className="min-h-11 shrink-0 px-3 underline underline-offset-4 hover:text-ink"
      >
        OK
      </button>
    </p>
  );
}
