import { createHash } from 'node:crypto';
import * as z from 'zod';

const entrySchema = z.object({
  /** Null stands for a song that was taken down. */
  uri: z.string().nullable(),
  addedAt: z.string(),
  addedBy: z.string(),
});

const playlistSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Key of the account that owns it. */
  owner: z.string(),
  public: z.boolean(),
  collaborative: z.boolean(),
  followers: z.array(z.string()).readonly(),
  entries: z.array(entrySchema).readonly(),
  revision: z.number(),
});

export const playlistsSchema = z.array(playlistSchema).readonly();
export type Playlist = z.infer<typeof playlistSchema>;

/** Names one state of a playlist. */
export function snapshotId(playlist: Playlist): string {
  return createHash('sha256').update(`${playlist.id} ${playlist.revision}`).digest('base64').slice(0, 32);
}
