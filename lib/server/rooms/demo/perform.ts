import 'server-only';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { loadPlayerState } from '@/lib/server/player/state/store';
import { pause, play } from '@/lib/server/rooms/playback/remote';
import { castSkipVote } from '@/lib/server/rooms/playback/skip-votes';
import { searchSongs } from '@/lib/server/rooms/queue/search';
import { addSong, listQueue, voteForSong } from '@/lib/server/rooms/queue/songs';
import type { Viewer } from '@/lib/server/session/room-access';
import type { Act } from './script';

/** Songs of one scripted guest that wait at most: the visitor's should be heard too. */
const mostWaiting = 2;

async function add(guest: Viewer, words: string): Promise<void> {
  const { queue } = await listQueue(guest);
  if (queue.filter(({ addedBy }) => addedBy === guest.memberId).length >= mostWaiting) return;
  const { tracks } = await searchSongs(guest, { q: words, offset: 0 });
  const song = tracks.find(({ refusal, explicit }) => refusal === undefined && !explicit);
  if (song !== undefined) await addSong(guest, song.uri);
}

/** A song of somebody else's about which the guest has said nothing yet: the first for a vote for it, the last for one against it. */
async function say(guest: Viewer, value: 1 | -1): Promise<void> {
  const { queue } = await listQueue(guest);
  const isOpen = ({ addedBy, state, voters }: QueueItemDto): boolean =>
    state === 'queued' && addedBy !== guest.memberId && voters[guest.memberId] === undefined;
  const song = value === 1 ? queue.find(isOpen) : queue.findLast(isOpen);
  if (song !== undefined) await voteForSong(guest, song.id, value);
}

/**
 * Does what the script says as this guest, by the same services as everybody.
 *
 * @param words what is searched for where a song is added
 * @returns false when there was nothing to do, and what follows from it should be left out too
 * @throws {AppError} what a guest would be told
 */
export async function perform(guest: Viewer, act: Act, words: string): Promise<boolean> {
  const state = await loadPlayerState(guest.roomId);
  if (state === null) return false;
  switch (act) {
    case 'add':
      await add(guest, words);
      return true;
    case 'like':
    case 'dislike':
      await say(guest, act === 'like' ? 1 : -1);
      return true;
    case 'vote_to_skip':
      if (state.playId !== null) await castSkipVote(guest, state.playId);
      return true;
    case 'pause':
      // What the visitor paused stays paused: nobody resumes it after this.
      if (state.view.status !== 'playing') return false;
      await pause(guest);
      return true;
    case 'resume':
      await play(guest);
      return true;
  }
}
