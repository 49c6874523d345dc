import type { Metadata } from 'next';
import { loadPairPage } from '@/lib/server/pages';
import { PairScreen } from './pair-screen';

export const metadata: Metadata = { title: 'Show a room on a screen' };

/** Where the QR code of a screen leads: the code stands in the fragment, and opening the page changes nothing (SN5). */
export default async function PairPage() {
  const { room, mayPair } = await loadPairPage();
  return <PairScreen room={room} mayPair={mayPair} />;
}
