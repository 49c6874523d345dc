import '@fontsource-variable/bricolage-grotesque/index.css';
import '@fontsource-variable/inter/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { PageCannotRun } from './_components/page-cannot-run';

export const metadata: Metadata = {
  title: { default: 'Roomtone for Spotify', template: '%s · Roomtone' },
  description: 'One host connects Spotify, everybody in the room holds the remote.',
  // A link to a room is for those who were given it.
  robots: { index: false, follow: false },
  openGraph: { title: 'Roomtone for Spotify', description: 'You are invited to hold the remote.', type: 'website' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f4ec' },
    { media: '(prefers-color-scheme: dark)', color: '#12100d' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // The policy's nonce is made per request: a page made before would carry none, and its scripts would not run.
  await connection();
  return (
    <html lang="en">
      <body className="antialiased">
        <PageCannotRun />
        {children}
      </body>
    </html>
  );
}
