import { InAppNotice } from '@/app/_components/in-app-notice';
import { loginHref } from '@/app/_components/login-href';
import { RecordIllustration } from '@/app/_components/record-illustration';
import { buttonClass } from '@/app/_components/ui/button';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom } from '@/lib/client/room/use-room';
import { OtherAccount } from './other-account';
import { SongLayout } from '@/app/room/[code]/_components/song/song-layout';
import { TextLink } from '@/app/_components/ui/text-link';
import { Sentence } from '@/app/_components/ui/sentence';

/** The room without Spotify: one thing to do for the host, one thing to know for guests. */
export function ConnectPanel() {
  const isHost = useRoom((state) => state.you.role === 'host');
  const host = useRoom((state) => state.snapshot.members.find((member) => member.role === 'host')?.name ?? 'the host');
  return (
    <SongLayout label="Connect Spotify" picture={<RecordIllustration />}>
      <h2 className="max-w-xl text-4xl font-semibold">
        {isHost ? (
          <>
            <span>The room is ready. </span>
            <span className="block">Now the music.</span>
          </>
        ) : (
          'The room is asleep.'
        )}
      </h2>
      {isHost ? (
        <HostWords />
      ) : (
        <p className="max-w-md text-quiet">
          {`Spotify is not connected. When ${host} connects it, the song appears here by itself.`}
        </p>
      )}
    </SongLayout>
  );
}

function HostWords() {
  const { appUrl, onAppUrl, inAppBrowser } = useApp();
  const path = useRoom(roomPath);
  if (!onAppUrl) {
    return (
      <Sentence className="max-w-md text-quiet">
        Spotify can be connected only at{' '}
        <TextLink href={appUrl + path} className="text-ink">
          {appUrl}
        </TextLink>
        , on the computer that runs Roomtone.
      </Sentence>
    );
  }
  return (
    <>
      <p className="max-w-md text-quiet">
        You need Spotify Premium; your guests need nothing. The sound comes from your own Spotify, this is only its
        remote.
      </p>
      <InAppNotice browser={inAppBrowser} />
      <p className="my-1 flex flex-wrap items-center gap-x-5 gap-y-1">
        <a href={loginHref(path)} className={buttonClass('primary')}>
          Connect Spotify
        </a>
        <OtherAccount />
      </p>
      <Sentence className="text-sm text-faint">
        What is read and kept is on the <TextLink href="/privacy">privacy page</TextLink>.
      </Sentence>
    </>
  );
}
