import type { Metadata } from 'next';
import { TextPage } from '@/app/_components/text-page';

export const metadata: Metadata = { title: 'Host your own' };

/** How somebody who liked the demo comes to rooms with real music. */
export default function HostYourOwnPage() {
  return (
    <TextPage title="Host your own">
      <p>
        Roomtone is free software that you run yourself: Spotify lets such an app be used by a handful of hosts only, so
        everybody brings their own. It takes about ten minutes, and guests never need more than a link.
      </p>
      <h2>What you need</h2>
      <ul>
        <li>Spotify Premium, for whoever hosts.</li>
        <li>
          A computer with Node.js, which may be the one at home; or an account at a place that runs such sites, Vercel
          for instance, with a PostgreSQL database.
        </li>
      </ul>
      <h2>How</h2>
      <ul>
        <li>
          Get a copy of the program and type <code>npm start</code>. It brings its own database, and made-up songs like
          those of the demo.
        </li>
        <li>
          Make an app in{' '}
          <a href="https://developer.spotify.com/dashboard" rel="noreferrer">
            Spotify’s dashboard
          </a>
          , and write its two keys into the file <code>.env.local</code>. The program’s README has each step.
        </li>
        <li>For a site that others reach from anywhere, follow “A deployed site” there.</li>
      </ul>
      <p>It is for private, non-commercial gatherings: Spotify allows nothing else.</p>
    </TextPage>
  );
}
