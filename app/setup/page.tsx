import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MessagePage } from '@/app/_components/message-page';
import { Sentence } from '@/app/_components/ui/sentence';
import { TextLink } from '@/app/_components/ui/text-link';
import { loadLoginOutcome, loadSetupPage } from '@/lib/server/pages';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Your own Spotify app' };

interface SetupPageProps {
  readonly searchParams: Promise<{ readonly returnTo?: string | string[]; readonly spotify?: string | string[] }>;
}

/** How a host brings a Spotify app of their own (AP1); where none is wanted there is no such page (AP7). */
export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { returnTo, spotify } = await searchParams;
  const page = await loadSetupPage(returnTo);
  if (page === null) notFound();
  const { app, ...found } = page;
  if (app.onAppUrl) return <SetUp {...found} simulated={app.simulated} outcome={await loadLoginOutcome(spotify)} />;
  return (
    <MessagePage title="Your own Spotify app">
      <Sentence className="text-quiet">
        That is done where Spotify can return to:{' '}
        <TextLink href={`${app.appUrl}/setup`} className="text-ink">
          {`${app.appUrl}/setup`}
        </TextLink>
        , on the computer that runs Roomtone.
      </Sentence>
    </MessagePage>
  );
}
