import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadRoomPage } from '@/lib/server/pages';
import { DisplayScreen } from './_components/display-screen';

export const metadata: Metadata = { title: 'On the TV' };

/** The room for a screen across the room: what plays, the votes, and the way in. For members, and for the room's screens. */
export default async function DisplayPage({ params }: { readonly params: Promise<{ readonly code: string }> }) {
  const { code } = await params;
  const page = await loadRoomPage(code);
  // Nobody types on a TV: the host shows the room there (SN4).
  if (page.kind === 'join') redirect(`/tv?room=${page.room.code}`);
  if (page.kind !== 'room') redirect(`/room/${encodeURIComponent(code.toUpperCase())}`);
  return <DisplayScreen initial={page.view} app={page.app} />;
}
