'use client';

import { useState } from 'react';
import { Brand } from '@/app/_components/brand';
import { setupHref } from '@/app/_components/login-href';
import { TextLink } from '@/app/_components/ui/text-link';
import type { OwnAppResponse } from '@/lib/shared/contract/spotify';
import { CheckLogin } from './check-login';
import { ClientIdForm } from './client-id-form';
import { ClientIdPicture, CreateAppPicture } from './dashboard-pictures';
import { RedirectUri } from './redirect-uri';
import { Step } from './step';
import { UsedApp } from './used-app';

/** The way from no app to a login through it, in the order of Spotify's dashboard, and what is in use meanwhile. */
export function SetUp({
  used: usedAtFirst,
  account,
  stranded,
  returnTo,
  simulated,
  outcome,
}: {
  readonly used: OwnAppResponse;
  readonly account: string | null;
  readonly stranded: boolean;
  readonly returnTo: string;
  readonly simulated: boolean;
  readonly outcome: string | undefined;
}) {
  const [used, setUsed] = useState(usedAtFirst);
  // Another app has nobody connected.
  const connected = used.own?.clientId === usedAtFirst.own?.clientId ? account : null;
  return (
    <main className="mx-auto max-w-2xl px-6 py-8">
      <a href="/" className="inline-flex min-h-12 items-center">
        <Brand small />
      </a>
      <h1 className="mt-8 mb-5 text-4xl font-semibold md:text-5xl">Your own Spotify app</h1>
      <p className="text-quiet">
        Spotify lets five accounts use an app. With one of your own you depend on nobody: it takes three minutes and
        costs nothing. You need Spotify Premium. Roomtone learns its client id, which is no secret, and nothing else.
      </p>
      {simulated && (
        <p className="mt-4 text-quiet">
          Here Spotify is simulated, and knows nothing of Spotify’s own dashboard. For real music, whoever runs this
          starts it without: the README says how, under “An app of the host’s own”.
        </p>
      )}
      <UsedApp used={used} account={connected} />
      <ol className="mt-10 flex flex-col gap-10">
        <Step number={1} title="Open Spotify’s dashboard">
          <p>
            Log in there with the Spotify account that has Premium and is to play. The first time, Spotify asks you to
            accept its terms for developers.
          </p>
          <TextLink
            href="https://developer.spotify.com/dashboard"
            target="_blank"
            rel="noreferrer"
            variant="standalone"
            className="text-ink"
          >
            developer.spotify.com/dashboard
          </TextLink>
        </Step>
        <Step number={2} title="Press “Create app”">
          <p>Name and description are yours to choose; the name may not begin with “Spot”. Everything else is below.</p>
        </Step>
        <Step number={3} title="Register the redirect URI">
          <p>Copy it, paste it into “Redirect URIs”, and press “Add”. It has to be the same to the letter.</p>
          <RedirectUri uri={used.redirectUri} />
        </Step>
        <Step number={4} title="Tick “Web API”, and save">
          <CreateAppPicture redirectUri={used.redirectUri} />
          <p>
            If another Spotify account is to play than the one that made the app, add it under “User Management”, by
            name and e-mail address.
          </p>
        </Step>
        <Step number={5} title="Paste the client id">
          <p>It is on the app’s page, at the top. The client secret stays there: nobody needs it.</p>
          <ClientIdPicture />
          <ClientIdForm used={used} isConnected={connected !== null} onChosen={setUsed} />
        </Step>
        <Step number={6} title="Check it">
          <CheckLogin
            isChosen={used.own !== null}
            account={used.own === null ? null : connected}
            stranded={stranded}
            outcome={outcome}
            path={setupHref(returnTo)}
            returnTo={returnTo}
          />
        </Step>
      </ol>
    </main>
  );
}
