import { Sheet } from '@/app/_components/ui/sheet';
import type { PlayedSong } from '@/lib/shared/contract/history';
import { useMay, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { SongLine } from '@/app/room/[code]/_components/song/song-line';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import { SavePlaylist } from './save-playlist';

/** What was played here, newest first: for whoever asks what that song was. */
export function HistorySheet({ onClose }: { readonly onClose: () => void }) {
  const store = useRoomStore();
  const maySave = useMay('use_account');
  const [history] = useRequest(() => store.api.history());
  return (
    <Sheet title="Played so far" onClose={onClose}>
      <div className="flex flex-col gap-5 py-4" aria-busy={history.kind === 'loading'}>
        {history.kind === 'loading' && <p className="text-faint">Looking…</p>}
        {history.kind === 'failed' && (
          <p role="alert" className="text-quiet">
            {history.error.detail}
          </p>
        )}
        {history.kind === 'known' &&
          (history.value.length === 0 ? (
            <p className="text-quiet">Nothing has been played here yet.</p>
          ) : (
            <>
              {maySave && <SavePlaylist />}
              <ol aria-label="Played songs, the last one first" className="border-t border-line">
                {history.value.map((song) => (
                  <Played key={song.id} song={song} />
                ))}
              </ol>
            </>
          ))}
      </div>
    </Sheet>
  );
}

function Played({ song }: { readonly song: PlayedSong }) {
  const ownId = useRoom((state) => state.you.memberId);
  const at = new Date(song.playedAt);
  return (
    <li className="-mx-2 px-2 [contain-intrinsic-size:auto_5.5rem] [content-visibility:auto]">
      <div className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2.5">
        <SongLine track={song.track} />
        <p className="col-start-2 text-sm text-faint">
          <time dateTime={song.playedAt}>{at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}</time>
          {song.addedByName !== null && (
            <>
              <span>{' · '}</span>
              <bdi translate={song.addedBy === ownId ? 'yes' : 'no'} className="text-quiet">
                {song.addedBy === ownId ? 'You' : song.addedByName}
              </bdi>
            </>
          )}
          {song.skipped && <span>{' · skipped'}</span>}
        </p>
      </div>
    </li>
  );
}
