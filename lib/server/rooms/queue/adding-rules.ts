import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { artistKey, songKey } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import type { Db } from '@/lib/server/db/connection/client';
import { findPlayedAgo, findWaitingKeys, type WaitingKey } from '@/lib/server/db/queue';
import { findSources, type SourceRow } from '@/lib/server/db/playlists';
import { type BlockRow, findBlocks } from '@/lib/server/db/blocks';
import type { RoomRow, StoredQueueSettings } from '@/lib/server/db/rooms';

/** Everything that decides whether a song is taken. */
export interface AddingFacts {
  readonly settings: StoredQueueSettings;
  readonly waiting: readonly WaitingKey[];
  readonly blocks: readonly BlockRow[];
  /** The playlists that songs may come from; empty for any song. */
  readonly sources: readonly SourceRow[];
  /** How long ago songs last began here, in ms, by song key. */
  readonly playedAgoMs: ReadonlyMap<string, number>;
}

/** Everything that decides whether these songs are taken, as it is now. */
export async function loadAddingFacts(db: Db, room: RoomRow, tracks: readonly Track[]): Promise<AddingFacts> {
  const asked = { uris: tracks.map(({ uri }) => uri), songKeys: tracks.map(songKey) };
  return {
    settings: room,
    waiting: await findWaitingKeys(db, room.id),
    blocks: await findBlocks(db, room.id),
    sources: await findSources(db, room.id, asked),
    playedAgoMs: await findPlayedAgo(db, room.id, room.replayAfterMs === null ? [] : asked.songKeys),
  };
}

/** Who would add it. */
export interface Adder {
  readonly memberId: string;
  /** Not held to what guests are. */
  readonly isFree: boolean;
}

/** Words for how long ago something was. */
function ago(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  return `${Math.round(minutes / 60)} hours ago`;
}

/** Whether a block means that song. */
export function isBlocked({ kind, key }: BlockRow, track: Track): boolean {
  if (kind === 'song') return key === songKey(track);
  return track.artists.some((artist) => artistKey(artist) === key);
}

function refusalForGuests(track: Track, adder: Adder, facts: AddingFacts): AppError | null {
  const { settings, waiting, blocks, sources, playedAgoMs } = facts;
  const key = songKey(track);
  if (!settings.queueOpen) return new AppError('queue_closed');
  if (blocks.some((block) => isBlocked(block, track))) return new AppError('blocked');
  if (track.explicit && !settings.explicitAllowed) return new AppError('explicit_not_allowed');
  if (settings.maxSongMs !== null && track.durationMs > settings.maxSongMs) {
    const minutes = Math.round(settings.maxSongMs / 60_000);
    return new AppError('song_too_long', {
      detail: `This song is longer than the ${minutes} minutes the host allows.`,
    });
  }
  const listed = sources.some(({ uris, songKeys }) => uris.includes(track.uri) || songKeys.includes(key));
  if (sources.length > 0 && !listed) return new AppError('not_in_playlists');
  const playedMs = playedAgoMs.get(key);
  if (playedMs !== undefined && settings.replayAfterMs !== null && playedMs < settings.replayAfterMs) {
    return new AppError('played_recently', { detail: `This song was played ${ago(playedMs)}.` });
  }
  const own = waiting.filter(({ memberId }) => memberId === adder.memberId).length;
  return own >= settings.songsPerGuest ? new AppError('too_many_from_you') : null;
}

/**
 * Why a song cannot be added now; null when it can (QU2). What is wrong with the song itself comes before what is only wrong for now.
 */
export function findRefusal(track: Track, adder: Adder, facts: AddingFacts): AppError | null {
  const same = facts.waiting.find((song) => song.songKey === songKey(track));
  if (same !== undefined) {
    const who = same.memberId === adder.memberId ? 'you' : same.memberName;
    return new AppError('already_queued', { detail: `This song is in the queue already, added by ${who}.` });
  }
  const refusal = adder.isFree ? null : refusalForGuests(track, adder, facts);
  if (refusal !== null) return refusal;
  return facts.waiting.length >= facts.settings.queueLimit ? new AppError('queue_full') : null;
}
