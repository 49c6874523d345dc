import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { QueueResponse } from '@/lib/shared/contract/queue';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { getDb } from '@/lib/server/db/connection/client';
import {
  removeSongs,
  findOrderContext,
  findRemovedSong,
  findWaitingSongs,
  insertSong,
  restoreSongs,
  setSongVote,
} from '@/lib/server/db/queue';
import type { Viewer } from '@/lib/server/session/room-access';
import { may } from '@/lib/shared/rules/rights';
import { changeRoom, requireSong } from '@/lib/server/rooms/change-room';
import { toQueueItem } from '@/lib/server/rooms/live/dto';
import { listSongs } from '@/lib/server/db/queue-order';
import { keepPace } from './adding-pace';
import { findRefusal, loadAddingFacts } from './adding-rules';
import { spendGuestSearch } from '@/lib/server/session/guest-share';
import { findSong } from './track-lookup';

/** All waiting songs in the order they will play, and the version of the room they were read at (OR5). */
export async function listQueue(viewer: Viewer): Promise<QueueResponse> {
  const db = getDb();
  const songs = await findWaitingSongs(db, viewer.roomId);
  const history = await findOrderContext(db, viewer.roomId);
  return { version: viewer.version, queue: listSongs(songs, history).map(toQueueItem) };
}

/**
 * Adds a song, as the room's settings allow (QU1–QU3, QU9), a guest at a pace (QU13). In a silent room it begins soon (FD6).
 *
 * @param input the URI of a track, or a pasted link to it
 * @throws {AppError} why it is not taken, or Spotify's problem
 */
export async function addSong(viewer: Viewer, input: string): Promise<QueueItemDto> {
  const track = await findSong(viewer.hostSessionId, input, () => spendGuestSearch(viewer));
  return changeRoom(viewer, { right: 'take_part', wake: true }, async ({ tx, room, member }) => {
    const isFree = may(member, 'add_freely');
    const facts = await loadAddingFacts(tx, room, [track]);
    const refusal = findRefusal(track, { memberId: member.id, isFree }, facts);
    if (refusal !== null) throw refusal;
    // What is refused anyway costs nothing of it; the host may fill the evening at once.
    if (!isFree) keepPace(member.id);
    const state = room.asksApproval && !isFree && !member.trusted ? 'pending' : 'queued';
    const id = await insertSong(tx, room.id, { memberId: member.id, track, songKey: songKey(track), state });
    return toQueueItem(await requireSong(tx, room.id, id));
  });
}

/**
 * Takes a waiting song out (QU6).
 *
 * @throws {AppError} `item_not_found`; `host_only` for somebody else's song
 */
export function removeSong(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(viewer, { right: 'take_part' }, async ({ tx, member }) => {
    const song = await requireSong(tx, viewer.roomId, id);
    const own = song.memberId === member.id;
    if (!own && !may(member, 'arrange')) {
      throw new AppError('host_only', { detail: 'Only the host and whoever added a song can take it out.' });
    }
    const reason = own ? 'withdrawn' : song.state === 'pending' ? 'not_approved' : 'removed';
    await removeSongs(tx, [id], { state: 'removed', reason, by: member.id });
  });
}

/**
 * Puts a song back that was taken out within the last ten minutes, with its votes and its age (QU6). A guest who does so is bound like
 * one who adds it.
 *
 * @throws {AppError} `item_not_found`, `host_only`, or why it is not taken
 */
export function restoreSong(viewer: Viewer, id: string): Promise<QueueItemDto> {
  return changeRoom(viewer, { right: 'take_part' }, async ({ tx, room, member }) => {
    const song = await findRemovedSong(tx, room.id, id);
    if (song === null) throw new AppError('item_not_found');
    // Somebody else's song was taken out by a co-host, and is put back by one.
    const own = song.memberId === member.id && song.removedBy === member.id;
    if (!may(member, 'arrange') && !own) throw new AppError('host_only');
    const facts = await loadAddingFacts(tx, room, [song.track]);
    const refusal = findRefusal(song.track, { memberId: song.memberId, isFree: may(member, 'add_freely') }, facts);
    if (refusal !== null) throw refusal;
    await restoreSongs(tx, [id], room.asksApproval);
    return toQueueItem(await requireSong(tx, room.id, id));
  });
}

/** Votes for or against a song, or takes the vote back with 0 (QU5). @throws {AppError} `item_not_found` */
export function voteForSong(viewer: Viewer, id: string, value: 1 | -1 | 0): Promise<QueueItemDto> {
  return changeRoom(viewer, { right: 'take_part' }, async ({ tx, member, unchanged }) => {
    const before = await requireSong(tx, viewer.roomId, id);
    if (before.state === 'pending') throw new AppError('item_not_found');
    if ((before.voters[member.id] ?? 0) === value) {
      unchanged();
      return toQueueItem(before);
    }
    await setSongVote(tx, id, member.id, value);
    return toQueueItem(await requireSong(tx, viewer.roomId, id));
  });
}
