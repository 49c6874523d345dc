import { grantHref } from '@/app/_components/login-href';
import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { buttonClass } from '@/app/_components/ui/button';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom } from '@/lib/client/room/use-room';
import { rememberSheet } from '@/app/room/[code]/_components/panels/sheet-after-login';
import type { SheetName } from '@/app/room/[code]/_components/panels/use-sheet';
import { TextLink } from '@/app/_components/ui/text-link';
import { Sentence } from '@/app/_components/ui/sentence';

const reasons: Readonly<Record<SpotifyRight, string>> = {
  playlists: 'Spotify has to ask you once before your playlists can be read. The music plays on meanwhile.',
  saving: 'Spotify has to ask you once before a playlist can be saved in your account. The music plays on meanwhile.',
};

/** The panel that needs the right, and is opened again once Spotify has answered. */
const sheetsAfterLogin: Readonly<Record<SpotifyRight, SheetName>> = { playlists: 'settings', saving: 'history' };

/** One more right of the host's, asked for when it is needed (HT5). Spotify can return only to the app's own address. */
export function GrantPrompt({ right }: { readonly right: SpotifyRight }) {
  const { appUrl, onAppUrl } = useApp();
  const path = useRoom(roomPath);
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-quiet">{reasons[right]}</p>
      {onAppUrl ? (
        <a
          href={grantHref(path, right)}
          onClick={() => rememberSheet(sheetsAfterLogin[right])}
          className={buttonClass('primary')}
        >
          Ask Spotify
        </a>
      ) : (
        <Sentence className="text-quiet">
          That works only at{' '}
          <TextLink href={appUrl + path} className="text-ink">
            {appUrl}
          </TextLink>
          , on the computer that runs Roomtone.
        </Sentence>
      )}
    </div>
  );
}
