import type { QueueOrder } from '@/lib/shared/rules/queue-order';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';

/** What decides which song plays first (OR2, OR3 of docs/room-rules.md), for everybody to read. */
export const orderSentences: Readonly<Record<QueueOrder, string>> = {
  votes: 'The song with the most votes plays first; among equals, the one added first.',
  turns: 'Everybody’s songs take turns; within a round, votes decide.',
};

/** A score as people write it, with a real minus. */
export function scoreWords(score: number): string {
  return score < 0 ? `−${-score}` : String(score);
}

/** Who added a song, for the person at this page. */
export function adderOf(song: { readonly addedBy: string; readonly addedByName: string }, ownId: string): string {
  return song.addedBy === ownId ? 'You' : song.addedByName;
}

/** Whether the first song of the queue is this person's. */
export function isYourTurn(queue: readonly QueueItemDto[], ownId: string): boolean {
  const [first] = queue;
  return first !== undefined && first.state !== 'pending' && first.addedBy === ownId;
}
