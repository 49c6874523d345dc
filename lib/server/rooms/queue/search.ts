import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { type FoundSong, lastSearchOffset, type SearchInput, type SearchResponse } from '@/lib/shared/contract/search';
import { isSpotifyLink } from '@/lib/shared/rules/track-uri';
import type { Track } from '@/lib/shared/contract/snapshot';
import { withToken } from '@/lib/server/auth/with-spotify';
import { requireToken } from '@/lib/server/auth/token-keeper';
import { getDb } from '@/lib/server/db/connection/client';
import { findRoom } from '@/lib/server/db/rooms';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { TrackPage } from '@/lib/server/spotify/catalogue';
import type { Viewer } from '@/lib/server/session/room-access';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import { may } from '@/lib/shared/rules/rights';
import { findRefusal, loadAddingFacts } from './adding-rules';
import { spendGuestSearch } from '@/lib/server/session/guest-share';
import { AnswerCache } from './answer-cache';
import { lookUpSong, rememberSongs } from './track-lookup';

const pages = (): AnswerCache<TrackPage> => perProcess('searches', () => new AnswerCache(1_000));

/** Words that differ in case and spaces only bring the same songs. */
function fold(words: string): string {
  return words.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ');
}

/** One request to Spotify for the same words within five minutes, from all members together. Under pressure search is refused before everything else (RL-03). */
async function findPage(viewer: Viewer, words: string, offset: number): Promise<TrackPage> {
  const token = await requireToken(viewer.hostSessionId);
  return pages().get(`${token.accountId} ${offset} ${fold(words)}`, async () => {
    await spendGuestSearch(viewer);
    const page = await withToken(token, (spotify) => spotify.catalogue.searchTracks(words, offset));
    rememberSongs(token.accountId, page.tracks);
    return page;
  });
}

async function findLinked(viewer: Viewer, link: string): Promise<TrackPage> {
  const song = await lookUpSong(viewer.hostSessionId, link, () => spendGuestSearch(viewer));
  return { tracks: song === null ? [] : [song], nextOffset: null };
}

/** Says of each of these songs why the requester could not add it now; null of those that could be. */
async function loadRefusals(viewer: Viewer, tracks: readonly Track[]): Promise<(track: Track) => AppError | null> {
  const room = await findRoom(getDb(), viewer.roomId);
  if (room === null) throw new AppError('room_ended');
  const facts = await loadAddingFacts(getDb(), room, tracks);
  const adder = { memberId: viewer.memberId, isFree: may(viewer, 'add_freely') };
  return (track) => findRefusal(track, adder, facts);
}

function toFoundSong(track: Track, refusal: AppError | null): FoundSong {
  return refusal === null ? track : { ...track, refusal: { code: refusal.code, detail: refusal.detail } };
}

/**
 * Songs that fit some words, ten at a time, or the one that a pasted link means; each with why the requester could not add it now (QU2).
 *
 * @throws {AppError} `invalid_uri` for a link to something else, `spotify_rate_limited` while search has to give way, or Spotify's problem
 */
export async function searchSongs(viewer: Viewer, { q, offset }: SearchInput): Promise<SearchResponse> {
  const { tracks, nextOffset } = await (isSpotifyLink(q)
    ? findLinked(viewer, q)
    : withSpotifyProblems(() => findPage(viewer, q, offset)));
  const refusalOf = await loadRefusals(
    viewer,
    tracks.map(({ track }) => track),
  );
  return {
    tracks: tracks.map(({ track, playable }) =>
      toFoundSong(track, playable ? refusalOf(track) : new AppError('track_not_found')),
    ),
    ...(nextOffset === null || nextOffset > lastSearchOffset ? {} : { nextOffset }),
  };
}
