import { redirect } from 'next/navigation';
import { loadHomePage, loadLoginOutcome } from '@/lib/server/pages';
import type { AppFacts } from '@/lib/shared/contract/app';
import { Brand } from './_components/brand';
import { RecordIllustration } from './_components/record-illustration';
import { InAppNotice } from './_components/in-app-notice';
import { JoinByCodeForm } from './_components/join-by-code-form';
import { loginHref, setupHref } from './_components/login-href';
import { LoginOutcomeNotice } from './_components/login-outcome';
import { SimulatedNotice } from './_components/simulated-notice';
import { SpotifyConnected } from './_components/spotify-connected';
import { StartRoomForm } from './_components/start-room-form';
import { Sentence } from './_components/ui/sentence';
import { TextLink } from './_components/ui/text-link';

/** Two doors: start a room, or join one. Somebody who is in a room already is taken there. */
export default async function HomePage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly spotify?: string | string[] }>;
}) {
  const [{ app, currentRoom, isConnected }, { spotify }] = await Promise.all([loadHomePage(), searchParams]);
  const named = typeof spotify === 'string' ? spotify : undefined;
  if (currentRoom !== null) {
    redirect(`/room/${currentRoom.code}${named === undefined ? '' : `?spotify=${encodeURIComponent(named)}`}`);
  }
  const outcome = await loadLoginOutcome(named);
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-6 py-5">
      <header className="flex min-h-12 items-center">
        <Brand />
      </header>
      <main className="grow">
        <LoginOutcomeNotice outcome={outcome} path="/" ownApps={app.ownApps} />
        <InAppNotice browser={app.inAppBrowser} />
        <div className="mt-6 mb-10 items-center justify-between gap-12 md:mt-3 md:mb-8 md:flex">
          <h1 className="max-w-2xl text-3xl font-semibold min-[22rem]:text-4xl md:text-5xl">
            One host connects Spotify, everybody in the room holds the remote.
          </h1>
          <RecordIllustration className="max-w-40 max-md:hidden" />
        </div>
        <div className="grid gap-x-20 gap-y-14 md:grid-cols-2">
          <section>
            <JoinByCodeForm />
            {app.onAppUrl && (isConnected ? <SpotifyConnected /> : <GetRoomBack />)}
          </section>
          <section className="border-t border-line pt-10 md:border-0 md:pt-0">
            {app.onAppUrl ? <StartRoomForm /> : <OnAppUrlOnly {...app} />}
            {app.onAppUrl && app.ownApps === 'needed' && <OwnAppNeeded />}
          </section>
        </div>
      </main>
      <footer className="mt-10 flex flex-wrap items-center gap-x-6 border-t border-line pt-2 text-sm text-faint">
        <a href="/privacy" className="inline-flex min-h-11 items-center hover:text-ink">
          Privacy
        </a>
        <a href="/terms" className="inline-flex min-h-11 min-w-11 items-center hover:text-ink">
          Terms
        </a>
        {/* Spotify lets five accounts use an app: the sixth host brings another one (AP1). */}
        {app.onAppUrl && app.ownApps === 'offered' && (
          <a href={setupHref('/')} className="inline-flex min-h-11 items-center hover:text-ink">
            Use your own Spotify app
          </a>
        )}
        {app.offersDemo && (
          <a href="/demo" className="inline-flex min-h-11 items-center hover:text-ink">
            Try a demo
          </a>
        )}
        {app.simulated && <SimulatedNotice />}
      </footer>
    </div>
  );
}

/** A site without a Spotify app of its own (AP2). */
function OwnAppNeeded() {
  return (
    <Sentence className="mt-6 text-sm text-faint">
      Here every host brings a Spotify app, in three minutes:{' '}
      <TextLink href={setupHref('/')} variant="standalone">
        Use your own Spotify app
      </TextLink>
    </Sentence>
  );
}

function GetRoomBack() {
  return (
    <Sentence className="mt-8 text-sm text-faint">
      Hosting already, on another device?{' '}
      <TextLink href={loginHref('/')} variant="standalone">
        Log in with Spotify to get your room back
      </TextLink>
    </Sentence>
  );
}

function OnAppUrlOnly({ appUrl, proxyAdvice }: AppFacts) {
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-2xl font-semibold">Start a room</h2>
      <Sentence className="text-quiet">
        Rooms are started where Spotify can return to:{' '}
        <TextLink href={appUrl} className="text-ink">
          {appUrl}
        </TextLink>
        , on the computer that runs Roomtone. Here you can join one.
      </Sentence>
      {proxyAdvice !== null && <p className="text-quiet">{proxyAdvice}</p>}
    </div>
  );
}
