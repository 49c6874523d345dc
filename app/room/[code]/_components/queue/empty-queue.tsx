import { Sentence } from '@/app/_components/ui/sentence';
import { canAddSongs } from '@/lib/client/room/rights';
import { useRoom } from '@/lib/client/room/use-room';

/** The queue without songs: what plays then, and that anybody may change it. */
export function EmptyQueue() {
  const canAdd = useRoom(canAddSongs);
  const playlist = useRoom((state) => state.snapshot.room.fallback?.name ?? null);
  const isSilent = useRoom((state) => state.snapshot.playback.track === null);
  const invitation = isSilent ? 'Add a song, and the music begins.' : 'Add one, and it plays after this song.';
  return (
    <div className="border-y border-line py-4 text-quiet">
      <p>{`No songs are waiting. ${canAdd ? invitation : 'The host takes no songs right now.'}`}</p>
      <Sentence className="mt-1 text-sm text-faint">
        {playlist === null ? 'Until then Spotify goes on by itself.' : 'Until then the host’s playlist plays: '}
        {playlist !== null && <bdi translate="no">{playlist}</bdi>}
        {playlist !== null && '.'}
      </Sentence>
    </div>
  );
}
