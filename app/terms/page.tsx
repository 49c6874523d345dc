import type { Metadata } from 'next';
import { TextPage } from '@/app/_components/text-page';

export const metadata: Metadata = { title: 'Terms' };

export default function TermsPage() {
  return (
    <TextPage title="Terms">
      <p>Roomtone is a remote control for a private gathering. Using it, you agree to this.</p>
      <h2>What it is for</h2>
      <ul>
        <li>
          Private, non-commercial use among people in one place. Not for businesses, venues, broadcasts or public
          performance.
        </li>
        <li>
          The sound comes from the host’s own Spotify Premium account and device. It is not passed on, recorded or
          copied.
        </li>
        <li>No games or contests with the music, and no payment for songs, plays or requests.</li>
      </ul>
      <h2>Spotify</h2>
      <ul>
        <li>
          Roomtone is not made, endorsed or supported by Spotify. Spotify’s own terms apply to the account that is
          connected.
        </li>
        <li>
          You may not alter Spotify’s content, take its platform or this app’s connection to it apart, or use either to
          build something that Spotify forbids.
        </li>
        <li>
          Whoever runs this copy promises nothing on Spotify’s behalf. Spotify owes you nothing for it, and may rely on
          these terms as a third-party beneficiary.
        </li>
      </ul>
      <h2>No warranty</h2>
      <p>
        The app is given as it is, without a promise that it always works. Whoever runs this copy is not liable for what
        comes of using it, as far as the law allows.
      </p>
      <h2>In the room</h2>
      <p>The host decides who stays. Names that hurt others are reason enough to be removed.</p>
    </TextPage>
  );
}
