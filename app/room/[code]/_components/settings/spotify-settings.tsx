import { loginHref, setupHref } from '@/app/_components/login-href';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { api } from '@/lib/client/api-client';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import { OtherAccount } from '@/app/room/[code]/_components/spotify/other-account';
import { onlyThere } from '@/app/_components/only-there';
import { TextLink } from '@/app/_components/ui/text-link';
import { Sentence } from '@/app/_components/ui/sentence';

/** Whose Spotify app the room plays through, and the way to another one. */
function UsedApp({ path }: { readonly path: string }) {
  const [used] = useRequest(api.spotifyApp);
  if (used.kind !== 'known') return null;
  const { own, operator } = used.value;
  const words =
    own !== null ? 'Your own Spotify app is used.' : operator ? 'The Spotify app of this site is used.' : '';
  return (
    <Sentence className="text-sm text-faint">
      {words}{' '}
      <TextLink href={setupHref(path)} variant="standalone">
        {own === null ? 'Use your own Spotify app' : 'Change it'}
      </TextLink>
    </Sentence>
  );
}

/** The host's Spotify: disconnecting it is always in reach. */
export function SpotifySettings() {
  const store = useRoomStore();
  const { appUrl, onAppUrl, ownApps } = useApp();
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
      {!onAppUrl && <p className="text-sm text-faint">{`Another account, or a new login? ${onlyThere(appUrl)}`}</p>}
      {onAppUrl && <OtherAccount />}
      {onAppUrl && ownApps !== 'off' && <UsedApp path={path} />}
    </div>
  );
}
