import type { DroppedSong, DropReason, QueueItemDto, QueueOrder } from '@/lib/shared/snapshot';

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

const reasons: Readonly<Record<DropReason, (songs: string, one: boolean) => string>> = {
  unplayable: (songs, one) => `Spotify cannot play ${songs} here, so ${one ? 'it was' : 'they were'} skipped.`,
  removed: (songs) => `The host took out ${songs}.`,
  blocked: (songs) => `The host does not want ${songs} here.`,
  not_approved: (songs) => `The host did not take ${songs}.`,
  member_removed: (songs) => `The host took out ${songs}.`,
};

/** Why songs of one reason left the queue; the newest is named, the others are counted. */
export function droppedWords(songs: readonly DroppedSong[]): string {
  const [first] = songs;
  if (first === undefined) return '';
  const others = songs.length - 1;
  const more = others === 0 ? '' : others === 1 ? ' and one more of your songs' : ` and ${others} more of your songs`;
  return reasons[first.reason](`“${first.name}”${more}`, others === 0);
}
