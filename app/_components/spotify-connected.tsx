'use client';

import { useState } from 'react';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { loginHref } from './login-href';
import { Confirm } from './ui/confirm';
import { TextButton, TextLink } from './ui/text-link';

/** Spotify is connected, but there is no room: how to change that, or to take it back. */
export function SpotifyConnected() {
  const [error, setError] = useState<string | null>(null);

  async function disconnect(): Promise<void> {
    setError(null);
    try {
      await api.disconnectSpotify();
      window.location.reload();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
    }
  }

  return (
    <section aria-label="Spotify" className="mt-8 flex flex-col items-start gap-1 text-sm text-faint">
      <p>Your Spotify is connected to this browser. The room you start plays from it.</p>
      <div className="flex flex-wrap items-center gap-x-5">
        <TextLink href={loginHref('/', 'another')} variant="standalone">
          Use another Spotify account
        </TextLink>
        <Confirm
          label="Disconnect Spotify?"
          question="The login and everything read from Spotify is forgotten at once."
          yes="Disconnect"
          no="Keep it"
          onYes={() => void disconnect()}
        >
          {(trigger) => <TextButton {...trigger}>Disconnect Spotify</TextButton>}
        </Confirm>
      </div>
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
    </section>
  );
}
