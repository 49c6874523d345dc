import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { MessagePage } from '@/app/_components/message-page';
import { buttonClass } from '@/app/_components/ui/button';
import { loadLoginOutcome, loadRoomPage } from '@/lib/server/pages';
import { closedDoorWords } from './_components/entry/closed-words';
import { HostingElsewhere } from './_components/entry/hosting-elsewhere';
import { JoinScreen } from './_components/entry/join-screen';
import { WaitingScreen } from './_components/entry/waiting-screen';
import { RoomScreen } from './_components/room-screen';

interface RoomPageProps {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<{ readonly spotify?: string | string[] }>;
}

/** The room is looked up once a request, for the head and for the body. */
const readPage = cache(loadRoomPage);

export async function generateMetadata({ params }: RoomPageProps): Promise<Metadata> {
  const { code } = await params;
  const page = await readPage(code.toUpperCase());
  if (page.kind !== 'room' && !('room' in page)) return { title: closedDoorWords[page.kind].title };
  const { name } = page.kind === 'room' ? page.view.snapshot.room : page.room;
  const title = name === '' ? `Room ${code.toUpperCase()}` : name;
  // Everybody who has the link may know the room's name: the invitation shows it.
  return { title, openGraph: { title, description: 'You are invited to hold the remote.', type: 'website' } };
}

/** The room for its members, the way in for everybody else, or why there is none. */
export default async function RoomPage({ params, searchParams }: RoomPageProps) {
  const [{ code }, { spotify }] = await Promise.all([params, searchParams]);
  if (code !== code.toUpperCase()) redirect(`/room/${encodeURIComponent(code.toUpperCase())}`);
  const page = await readPage(code);
  // Nobody presses anything on a TV.
  if (page.kind === 'room' && page.view.you.role === 'screen') redirect(`/room/${code}/display`);
  if (page.kind === 'room')
    return <RoomScreen initial={page.view} app={page.app} loginOutcome={await loadLoginOutcome(spotify)} />;
  if (page.kind === 'join') return <JoinScreen room={page.room} app={page.app} />;
  if (page.kind === 'waiting') return <WaitingScreen room={page.room} name={page.name} />;
  if (page.kind === 'hosting') return <HostingElsewhere room={page.room} own={page.own} />;
  const { title, text } = closedDoorWords[page.kind];
  return (
    <MessagePage title={title}>
      <p className="text-quiet">{text}</p>
      <a href="/" className={buttonClass('primary')}>
        To the start
      </a>
    </MessagePage>
  );
}
