import { z } from 'zod';
import { idParams } from './path-params';
import type { QueueItemDto } from './snapshot';

/** The path of `…/queue/ID`. */
export const songParams = idParams('item_not_found');

/** The body of `POST …/queue`. Long enough for a link with everything that sharing adds to it. */
export const addSongInput = z.object({ uri: z.string().max(500) });

/** The body of `PUT …/queue/ID/vote`. */
export const queueVoteInput = z.object({ value: z.union([z.literal(1), z.literal(-1), z.literal(0)]) });

/** A vote for or against a song; 0 takes it back. */
export type SongVote = z.infer<typeof queueVoteInput>['value'];

/** The body of `POST …/queue/ID/move`; null for the end. */
export const moveInput = z.object({ beforeId: z.string().max(64).nullable() });

/** What requests about one waiting song answer. */
export interface SongResponse {
  readonly item: QueueItemDto;
}

/** The answer of `GET …/queue`: all waiting songs in the order they will play, as of a version of the room. */
export interface QueueResponse {
  readonly version: number;
  readonly queue: readonly QueueItemDto[];
}
