import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadRoomPage } from '@/lib/server/pages';
import { InvitationSheet } from './_components/invitation-sheet';

export const metadata: Metadata = { title: 'Invitation to print' };

/** The way into the room on paper, for a wall or a table (SC13). For members, like the room itself. */
export default async function InvitationPage({ params }: { readonly params: Promise<{ readonly code: string }> }) {
  const { code } = await params;
  const page = await loadRoomPage(code);
  if (page.kind !== 'room') redirect(`/room/${encodeURIComponent(code.toUpperCase())}`);
  const { name } = page.view.snapshot.room;
  const origin = page.app.invite[0]?.origin ?? page.app.appUrl;
  return <InvitationSheet room={{ code: page.view.snapshot.room.code, name }} origin={origin} />;
}
