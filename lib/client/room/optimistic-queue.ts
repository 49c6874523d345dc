import type { SongVote } from '@/lib/shared/contract/queue';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';

/** What a command on a waiting song will bring. */
export interface QueueChange {
  readonly vote?: SongVote;
  readonly gone?: boolean;
}

/** A change that no snapshot has confirmed yet. */
interface OptimisticSong extends QueueChange {
  /** Requests that have not been answered. */
  readonly underWay: number;
}

/** By the song's id in the queue. */
export type OptimisticSongs = Readonly<Record<string, OptimisticSong>>;

/** With one more change that is under way. */
export function addOptimistic(songs: OptimisticSongs, id: string, change: QueueChange): OptimisticSongs {
  const known = songs[id];
  return { ...songs, [id]: { ...known, ...change, underWay: (known?.underWay ?? 0) + 1 } };
}

function without(songs: OptimisticSongs, id: string): OptimisticSongs {
  return Object.fromEntries(Object.entries(songs).filter(([known]) => known !== id));
}

/** After the answer to a command. What was refused is not shown any longer; what worked is, until a snapshot has it. */
export function resolveOptimistic(songs: OptimisticSongs, id: string, worked: boolean): OptimisticSongs {
  const known = songs[id];
  if (known === undefined) return songs;
  return worked ? { ...songs, [id]: { ...known, underWay: Math.max(0, known.underWay - 1) } } : without(songs, id);
}

/**
 * After a newer snapshot: it has everything that was answered. A change that is still on its way stays shown, so that a change of
 * something else does not show the old state for a moment.
 */
export function keepUnderWay(songs: OptimisticSongs): OptimisticSongs {
  return Object.fromEntries(Object.entries(songs).filter(([, song]) => song.underWay > 0));
}

/** A song as a change will leave it. */
function changed(item: QueueItemDto, change: OptimisticSong | undefined, memberId: string): QueueItemDto {
  const before = item.voters[memberId] ?? 0;
  if (change?.vote === undefined || change.vote === before) return item;
  const { [memberId]: _own, ...others } = item.voters;
  const voters = change.vote === 0 ? others : { ...others, [memberId]: change.vote };
  return { ...item, score: item.score - before + change.vote, voters };
}

/** The waiting songs as the changes of the person at this page will leave them. */
export function optimisticQueue(
  queue: readonly QueueItemDto[],
  songs: OptimisticSongs,
  memberId: string,
): readonly QueueItemDto[] {
  return queue.flatMap((item) => (songs[item.id]?.gone === true ? [] : [changed(item, songs[item.id], memberId)]));
}

/** The new list with the known objects of songs that have not changed, so that only what has news is drawn again. */
export function keepKnown(known: readonly QueueItemDto[], fresh: readonly QueueItemDto[]): readonly QueueItemDto[] {
  const byId = new Map(known.map((item) => [item.id, item]));
  const kept = fresh.map((item) => {
    const before = byId.get(item.id);
    return before !== undefined && (before === item || JSON.stringify(before) === JSON.stringify(item)) ? before : item;
  });
  return kept.length === known.length && kept.every((item, index) => item === known[index]) ? known : kept;
}
