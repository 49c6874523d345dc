import { Button } from '@/app/_components/ui/button';
import { useRoomStore } from '@/lib/client/room/use-room';
import { GrantPrompt } from '@/app/room/[code]/_components/spotify/grant-prompt';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import { FallbackPlaylist } from './fallback-playlist';
import { SourcePlaylists } from './source-playlists';
import type { Settings } from './use-settings';

/** The host's playlists, read only when this is opened, and with a right of its own (HT5). */
export function Playlists({ settings }: { readonly settings: Settings }) {
  const store = useRoomStore();
  const [playlists, reload] = useRequest(() => store.api.playlists());
  if (playlists.kind === 'loading') return <p className="text-faint">Asking Spotify…</p>;
  if (playlists.kind === 'failed') {
    const { error } = playlists;
    if (error.code === 'spotify_scope_needed') return <GrantPrompt right="playlists" />;
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-quiet">
        <p>{error.detail}</p>
        <Button size="small" onClick={() => void reload()}>
          Ask again
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4 border-t border-line">
      <FallbackPlaylist settings={settings} playlists={playlists.value} />
      <SourcePlaylists settings={settings} playlists={playlists.value} />
    </div>
  );
}
