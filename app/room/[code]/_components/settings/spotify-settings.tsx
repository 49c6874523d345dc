import { loginHref } from '@/app/_components/login-href';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { api } from '@/lib/client/api-client';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { OtherAccount } from '@/app/room/[code]/_components/spotify/other-account';
import { TextLink } from '@/app/_components/ui/text-link';
import { Sentence } from '@/app/_components/ui/sentence';

/** The host's Spotify: disconnecting it is always in reach. */
export function SpotifySettings() {
  const store = useRoomStore();
  const { onAppUrl } = useApp();
  const path = useRoom(roomPath);
  const connected = useRoom((state) => state.snapshot.spotify.status !== 'not_connected');
  return (
    <div className="flex flex-col items-start gap-3">
      {connected ? (
        <>
          <Confirm
            label="Disconnect Spotify?"
            question="The login and everything read from Spotify is forgotten at once. The room stays, without music."
            yes="Disconnect"
            no="Keep it"
            onYes={() => void store.run(() => api.disconnectSpotify())}
          >
            {(trigger) => <Button {...trigger}>Disconnect Spotify</Button>}
          </Confirm>
          <Sentence className="text-sm text-faint">
            To take the app’s access away in Spotify as well, open{' '}
            <TextLink
              href="https://www.spotify.com/account/apps/"
              target="_blank"
              rel="noreferrer"
              className="hover:text-ink"
            >
              spotify.com/account/apps
            </TextLink>
            .
          </Sentence>
        </>
      ) : (
        onAppUrl && (
          <a href={loginHref(path)} className={buttonClass('plain')}>
            Connect Spotify
          </a>
        )
      )}
      {onAppUrl && <OtherAccount />}
    </div>
  );
}
