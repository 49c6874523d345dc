import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, Ban, ListOrdered, Play, Trash2 } from 'lucide-react';
import { ActionMenu, type MenuAction } from '@/app/_components/ui/action-menu';
import { useRoom } from '@/lib/client/room/use-room';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { type SongActions, useSongActions } from './use-song-actions';

/** Where a song may be put: only among those that wait, behind what Spotify has already. */
function movesOf(queue: readonly QueueItemDto[], item: QueueItemDto, isCut: boolean, actions: SongActions) {
  const waiting = queue.filter(({ state }) => state === 'queued');
  const at = waiting.findIndex(({ id }) => id === item.id);
  if (at === -1) return [];
  const idAt = (place: number): string | null => waiting[place]?.id ?? null;
  const isLast = at === waiting.length - 1;
  const move = (beforeId: string | null) => () => void actions.moveSong(item, beforeId, idAt(at + 1));
  return [
    ...(at > 0
      ? [
          { label: 'Move up', icon: ArrowUp, staysOpen: true, onPress: move(idAt(at - 1)) },
          { label: 'Move to the top', icon: ArrowUpToLine, onPress: move(idAt(0)) },
        ]
      : []),
    ...(isLast ? [] : [{ label: 'Move down', icon: ArrowDown, staysOpen: true, onPress: move(idAt(at + 2)) }]),
    ...(isLast && !isCut ? [] : [{ label: 'Move to the end', icon: ArrowDownToLine, onPress: move(null) }]),
    ...(item.moved === true
      ? [
          {
            label: 'Let the votes decide again',
            icon: ListOrdered,
            onPress: () => void actions.unpinSong(item, idAt(at + 1)),
          },
        ]
      : []),
  ] satisfies readonly MenuAction[];
}

/** What the host and co-hosts can do with a waiting song. */
export function SongMenu({
  item,
  queue,
  anchor,
  onClose,
}: {
  readonly item: QueueItemDto;
  /** All waiting songs that the page knows, for the places it can be moved to. */
  readonly queue: readonly QueueItemDto[];
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}) {
  const isCut = useRoom(({ snapshot }) => snapshot.queueCount > snapshot.queue.length);
  const actions = useSongActions();
  const { track } = item;
  const groups: readonly (readonly MenuAction[])[] = [
    item.state === 'pending' ? [] : [{ label: 'Play now', icon: Play, onPress: () => void actions.playSong(item) }],
    movesOf(queue, item, isCut, actions),
    [
      { label: 'Take out', icon: Trash2, onPress: () => void actions.removeSong(item) },
      {
        label: 'Block this song',
        icon: Ban,
        isDanger: true,
        onPress: () => void actions.block({ kind: 'song', uri: track.uri }, track.name),
      },
      ...track.artists.map((name) => ({
        label: track.artists.length === 1 ? 'Block this artist' : `Block ${name}`,
        icon: Ban,
        isDanger: true,
        onPress: () => void actions.block({ kind: 'artist', name }, name),
      })),
    ],
  ];
  return (
    <ActionMenu
      label={`Tools for ${track.name}`}
      anchor={anchor}
      groups={groups.filter((actions) => actions.length > 0)}
      onClose={onClose}
    />
  );
}
