import type { Metadata } from 'next';
import { TakeOver } from './take-over';

export const metadata: Metadata = { title: 'Continue as the host', robots: { index: false } };

/** Where the host's QR code leads another device: the code stands in the fragment, which no browser sends, and opening the page changes nothing (TR1). */
export default function TransferPage() {
  return <TakeOver />;
}
