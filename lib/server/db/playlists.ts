import 'server-only';
import type { Db } from './connection/client';

/** A playlist of the host's as a room remembers it. */
export interface RoomPlaylist {
  readonly uri: string;
  readonly name: string;
}

/** What a playlist holds that songs may come from. */
export interface NewSource {
  readonly playlistId: string;
  readonly name: string;
  readonly uris: readonly string[];
  readonly songKeys: readonly string[];
}

/** What a playlist that songs may come from holds, or what is asked about. */
export interface SourceRow {
  readonly uris: readonly string[];
  readonly songKeys: readonly string[];
}

/** Whether the host's session has a login with Spotify: what is read with one is kept only as long as there is one (QU11). */
export async function hostHasLogin(db: Db, roomId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Room" r JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId"
                   WHERE r."id" = ${roomId}::uuid) AS "has"`;
  return rows[0]?.has === true;
}

/** Which playlist plays when no song waits, from its first song on; null for none (FD6). */
export async function setFallbackPlaylist(db: Db, roomId: string, playlist: RoomPlaylist | null): Promise<void> {
  await db.room.update({
    where: { id: roomId },
    data: { fallbackUri: playlist?.uri ?? null, fallbackName: playlist?.name ?? null, fallbackPlayed: 0 },
  });
}

/** Puts the playlists that songs may come from in place of those that were there; none for any song. */
export async function replaceSources(db: Db, roomId: string, sources: readonly NewSource[]): Promise<void> {
  await db.roomSource.deleteMany({ where: { roomId } });
  await db.roomSource.createMany({
    data: sources.map(({ playlistId, name, uris, songKeys }) => ({
      roomId,
      playlistId,
      name,
      uris: [...uris],
      songKeys: [...songKeys],
    })),
  });
}

/**
 * The playlists that songs may come from, each with what it holds of the songs that are asked about; none for any song. They hold
 * thousands.
 */
export function findSources(db: Db, roomId: string, { uris, songKeys }: SourceRow): Promise<readonly SourceRow[]> {
  return db.$queryRaw<SourceRow[]>`
    SELECT ARRAY(SELECT unnest("uris") INTERSECT SELECT unnest(${[...uris]}::text[])) AS "uris",
           ARRAY(SELECT unnest("songKeys") INTERSECT SELECT unnest(${[...songKeys]}::text[])) AS "songKeys"
    FROM "RoomSource" WHERE "roomId" = ${roomId}::uuid`;
}

/** Forgets what was chosen and read of the host's playlists (QU11). */
export async function forgetPlaylists(db: Db, roomId: string): Promise<void> {
  await replaceSources(db, roomId, []);
  await setFallbackPlaylist(db, roomId, null);
}

/** Counts a song of the host's playlist that began, so that it goes on after it (FD6). */
export async function countFallbackSong(db: Db, roomId: string, contextUri: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "fallbackPlayed" = "fallbackPlayed" + 1 WHERE "id" = ${roomId}::uuid AND "fallbackUri" = ${contextUri}`;
}

/** From the beginning of the host's playlist again. */
export async function rewindFallback(db: Db, roomId: string): Promise<void> {
  await db.room.update({ where: { id: roomId }, data: { fallbackPlayed: 0 } });
}
