import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MessagePage } from '@/app/_components/message-page';
import { Sentence } from '@/app/_components/ui/sentence';
import { TextLink } from '@/app/_components/ui/text-link';
import { loadDemoPage } from '@/lib/server/pages';
import { StartDemo } from './start-demo';

export const metadata: Metadata = { title: 'Try it' };

/** A room in one press, without an account: made-up songs, and two guests who follow a script (DM1). */
export default async function DemoPage() {
  const page = await loadDemoPage();
  if (page === null) notFound();
  return (
    <MessagePage title="Try it, without an account">
      <p className="text-quiet">
        You are the host of a room with two guests who add songs and vote. The songs are made up and make no sound; the
        room is gone after an hour. Open its link on your phone to be a guest as well.
      </p>
      {page.app.onAppUrl ? (
        <StartDemo />
      ) : (
        <Sentence>
          It begins at{' '}
          <TextLink href={`${page.app.appUrl}/demo`} className="text-ink">
            {`${page.app.appUrl}/demo`}
          </TextLink>
          .
        </Sentence>
      )}
      <TextLink href="/host-your-own" variant="standalone">
        Host your own
      </TextLink>
    </MessagePage>
  );
}
