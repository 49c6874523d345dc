import { z } from 'zod';
import { nameField } from './name-field';
import { personNameBounds, roomNameBounds } from '@/lib/shared/rules/names';

const votesToSkip = z.int().min(1).max(100);

/** The body of `POST /api/rooms`. */
export const createRoomInput = z.object({
  name: nameField(roomNameBounds).optional(),
  hostName: nameField(personNameBounds).optional(),
  guestsCanPause: z.boolean().optional(),
  votesToSkip: votesToSkip.optional(),
});
export type CreateRoomInput = z.infer<typeof createRoomInput>;

const minuteMs = 60_000;

/** The body of `PATCH /api/rooms/CODE`. */
export const roomSettingsInput = z.object({
  name: nameField(roomNameBounds).optional(),
  guestsCanPause: z.boolean().optional(),
  votesToSkip: votesToSkip.optional(),
  queueOrder: z.enum(['votes', 'turns']).optional(),
  queueOpen: z.boolean().optional(),
  songsPerGuest: z.int().min(1).max(100).optional(),
  queueLimit: z.int().min(1).max(200).optional(),
  explicitAllowed: z.boolean().optional(),
  maxSongMs: z
    .int()
    .min(minuteMs)
    .max(60 * minuteMs)
    .nullable()
    .optional(),
  replayAfterMs: z
    .int()
    .min(minuteMs)
    .max(24 * 60 * minuteMs)
    .nullable()
    .optional(),
  asksApproval: z.boolean().optional(),
  locked: z.boolean().optional(),
});
export type RoomSettingsInput = z.infer<typeof roomSettingsInput>;

/** The body of `POST /api/rooms/CODE/members`. */
export const joinInput = z.object({ name: nameField(personNameBounds) });
export type JoinInput = z.infer<typeof joinInput>;
