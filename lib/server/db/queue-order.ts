import 'server-only';
import {
  type OrderContext,
  orderQueue,
  type PlacedSong,
  type QueueOrder,
  type WaitingSong,
} from '@/lib/shared/rules/queue-order';
import type { OrderContextRow, SongRow } from './queue';

/** The rule of the order as it is stored. */
export const toQueueOrder = (stored: string): QueueOrder => (stored === 'turns' ? 'turns' : 'votes');

/** What the order depends on, from what is stored. */
export function toOrderContext(history: OrderContextRow): OrderContext {
  return {
    rule: toQueueOrder(history.queueOrder),
    begun: history.queueBegun,
    round: history.queueRound,
    takenTurns: new Map(Object.entries(history.takenTurns)),
  };
}

/** A stored song as the order sees it. */
export type OrderedSong = SongRow & WaitingSong;

/** The songs that will play, in their order and with their rounds (OR5); without those that wait for approval. */
export function placeSongs(songs: readonly SongRow[], history: OrderContextRow): readonly PlacedSong<OrderedSong>[] {
  const approved = songs.filter(({ state }) => state !== 'pending');
  return orderQueue(
    approved.map((song) => ({ ...song, isNext: song.state === 'next' })),
    toOrderContext(history),
  );
}

/** All waiting songs as screens list them: in the order they will play, those that wait for approval last (OR1). */
export function listSongs(songs: readonly SongRow[], history: OrderContextRow): readonly SongRow[] {
  const pending = songs.filter(({ state }) => state === 'pending').toSorted((a, b) => a.number - b.number);
  return [...placeSongs(songs, history).map(({ song }) => song), ...pending];
}
