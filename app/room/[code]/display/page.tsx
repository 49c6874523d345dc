import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadRoomPage } from '@/lib/server/pages';
import { JoinScreen } from '@/app/room/[code]/_components/entry/join-screen';
import { DisplayScreen } from './_components/display-screen';

export const metadata: Metadata = { title: 'On the TV' };

/** The room for a screen across the room: what plays, the votes, and the way in. For members, like the room itself. */
export default async function DisplayPage({ params }: { readonly params: Promise<{ readonly code: string }> }) {
  const { code } = await params;
  const page = await loadRoomPage(code);
  // Joined here, the TV stays here.
  if (page.kind === 'join') return <JoinScreen room={page.room} app={page.app} />;
  if (page.kind !== 'room') redirect(`/room/${encodeURIComponent(code.toUpperCase())}`);
  return <DisplayScreen initial={page.view} app={page.app} />;
}
