import { useMay, useRoom } from '@/lib/client/room/use-room';
import { allowanceWords } from './search-words';

/** What holds for songs here, as far as it touches this person: the host and co-hosts are bound by none of it (QU2). */
export function AddingRules() {
  const room = useRoom((state) => state.snapshot.room);
  const isBound = !useMay('add_freely');
  const ownId = useRoom((state) => state.you.memberId);
  const waiting = useRoom((state) => state.queue.filter((item) => item.addedBy === ownId).length);
  const isTrusted = useRoom((state) => state.snapshot.members.find(({ id }) => id === ownId)?.trusted === true);
  if (!isBound) return null;
  const playlists = room.sources.map(({ name }) => name).join(', ');
  const rules = room.queueOpen
    ? [
        allowanceWords(waiting, room.songsPerGuest),
        room.asksApproval && !isTrusted ? 'Songs wait until the host approves them.' : null,
        playlists === '' ? null : `The host takes songs from: ${playlists}.`,
      ]
    : ['The host takes no songs right now.'];
  const shown = rules.filter((rule) => rule !== null);
  return shown.length === 0 ? null : <p className="text-sm text-quiet">{shown.join(' ')}</p>;
}
