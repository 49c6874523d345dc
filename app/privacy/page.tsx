import type { Metadata } from 'next';
import { LogOutHere } from './log-out-here';
import { TextPage } from '@/app/_components/text-page';

export const metadata: Metadata = { title: 'Privacy' };

export default function PrivacyPage() {
  return (
    <TextPage title="Privacy">
      <p>
        Roomtone keeps as little as a shared remote needs, for as short as it can. There is no advertising, no tracking
        and no statistics of what anybody listens to.
      </p>
      <h2>Guests</h2>
      <ul>
        <li>
          The name you type, your votes, and the songs you add. Everybody in the room sees them. They are deleted with
          the room.
        </li>
        <li>
          One cookie with a random number, so that you are known again on your next visit. It says nothing about you and
          is read by nobody else. It ends after 30 days without a visit, or when you log out.
        </li>
        <li>
          Your network address, for three hours at most, only to slow down people who guess room codes. Nobody in the
          room sees it. While you are in a room, a number that is made of it stays with your name: it tells only whether
          somebody else comes from the same place, so that friends behind one router are not shut out.
        </li>
        <li>
          Where a room asks before it lets people in: your name and such a number while you wait, and for a few hours
          after that.
        </li>
        <li>
          A TV that shows a room has such a cookie too, and nothing else is kept of it but which room that is and when
          it was on.
        </li>
      </ul>
      <h2>Hosts</h2>
      <ul>
        <li>
          When you connect Spotify, the app is allowed to see what plays on your account and on which devices, and to
          control it. It asks for nothing else, until you choose one of your playlists or save what was played: then it
          asks for that.
        </li>
        <li>
          The login that Spotify gives is stored encrypted, never sent to any browser, and deleted when you press{' '}
          <em>Disconnect Spotify</em> or <em>Log out</em>, when Spotify ends it, or after 30 days without a visit. In
          case Spotify ended it by mistake, a part of it is kept for up to four hours and tried once more.
        </li>
        <li>
          Your Spotify account number, to give you your room back on another device, and your display name, to show you
          which account is connected. Guests see neither.
        </li>
        <li>If you bring a Spotify app of your own: its client id, until you change it or log out.</li>
        <li>A Wi-Fi that you type for a code stays in your browser; it is sent nowhere.</li>
        <li>Guests see the song, its cover and the name of the device that plays it.</li>
      </ul>
      <h2>Rooms</h2>
      <ul>
        <li>
          A room ends when the host ends it, or after a day in which nobody was there. What was read from Spotify is
          deleted at that moment; names and votes a day later. Where Roomtone runs on a platform that stops it between
          visits, it clears up once a day, and each of these may take a day more.
        </li>
        <li>
          Song titles and cover addresses are kept while they wait, play, or were played within the last day, and never
          longer than the room. What your playlists hold is kept only while you let songs come from them alone. Covers
          themselves are never stored: your browser loads them from Spotify, which sees its address when it does.
        </li>
      </ul>
      <p>A demo room ends after an hour and is deleted within a day; its songs and two of its guests are made up.</p>
      <h2>Disconnecting</h2>
      <p>
        In the room, open Settings and press <em>Disconnect Spotify</em>. Everything that came from Spotify is deleted
        at once. To take the app’s access away on Spotify’s side as well, open{' '}
        <a href="https://www.spotify.com/account/apps/" rel="noreferrer">
          spotify.com/account/apps
        </a>
        .
      </p>
      <h2>Logging out</h2>
      <p>
        The cookie of this browser is taken back: you leave your room, and a room that you host ends. Where Spotify is
        connected, you can also log out every other browser that uses the same Spotify account.
      </p>
      <LogOutHere />
      <h2>Who is responsible</h2>
      <p>Whoever runs this copy of Roomtone. Roomtone itself is software, and its makers see none of this.</p>
    </TextPage>
  );
}
