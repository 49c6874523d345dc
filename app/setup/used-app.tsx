import { useState } from 'react';
import { Confirm } from '@/app/_components/ui/confirm';
import { TextButton } from '@/app/_components/ui/text-link';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import type { OwnAppResponse } from '@/lib/shared/contract/spotify';

/** Whose app this browser uses, and how to have none of one's own again. */
export function UsedApp({ used, account }: { readonly used: OwnAppResponse; readonly account: string | null }) {
  const [error, setError] = useState<string | null>(null);

  async function forget(): Promise<void> {
    setError(null);
    try {
      await api.forgetOwnApp();
      window.location.reload();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
    }
  }

  const through = account === null ? '' : `${account} is connected through it.`;
  return (
    <section aria-label="In use" className="mt-6 flex flex-col items-start border-y border-line py-3 text-quiet">
      {used.own === null ? (
        <p>{used.operator ? `In use: the app of this site. ${through}` : 'This site has no Spotify app of its own.'}</p>
      ) : (
        <>
          <p>
            <span>In use: your app </span>
            <span translate="no" className="font-mono text-sm break-all text-ink">
              {used.own.clientId}
            </span>
            <span>. </span>
            <span>{through}</span>
          </p>
          <Confirm
            label={used.operator ? 'Use the app of this site?' : 'Forget your app here?'}
            question="A Spotify login that was made with your app is forgotten, and a room that you host forgets its queue. The app itself stays in your dashboard."
            yes={used.operator ? 'Use the app of this site' : 'Forget it'}
            no="Keep mine"
            onYes={() => void forget()}
          >
            {(trigger) => (
              <TextButton {...trigger}>{used.operator ? 'Use the app of this site' : 'Forget it here'}</TextButton>
            )}
          </Confirm>
        </>
      )}
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
    </section>
  );
}
