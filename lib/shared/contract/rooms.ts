import { z } from 'zod';
import { nameField } from './name-field';
import type { Role, RoomDto } from './snapshot';
import { personNameBounds, roomNameBounds } from '@/lib/shared/rules/names';

const votesToSkip = z.int().min(1).max(100);

/** The body of `POST /api/rooms`. */
export const createRoomInput = z.object({
  name: nameField(roomNameBounds).exactOptional(),
  hostName: nameField(personNameBounds).exactOptional(),
  guestsCanPause: z.boolean().exactOptional(),
  votesToSkip: votesToSkip.exactOptional(),
});
export type CreateRoomInput = z.infer<typeof createRoomInput>;

const minuteMs = 60_000;

/** The body of `PATCH /api/rooms/CODE`. */
export const roomSettingsInput = z.object({
  name: nameField(roomNameBounds).exactOptional(),
  guestsCanPause: z.boolean().exactOptional(),
  votesToSkip: votesToSkip.exactOptional(),
  queueOrder: z.enum(['votes', 'turns']).exactOptional(),
  queueOpen: z.boolean().exactOptional(),
  songsPerGuest: z.int().min(1).max(100).exactOptional(),
  queueLimit: z.int().min(1).max(200).exactOptional(),
  explicitAllowed: z.boolean().exactOptional(),
  maxSongMs: z
    .int()
    .min(minuteMs)
    .max(60 * minuteMs)
    .nullable()
    .exactOptional(),
  replayAfterMs: z
    .int()
    .min(minuteMs)
    .max(24 * 60 * minuteMs)
    .nullable()
    .exactOptional(),
  asksApproval: z.boolean().exactOptional(),
  locked: z.boolean().exactOptional(),
  admission: z.enum(['open', 'knock']).exactOptional(),
});
export type RoomSettingsInput = z.infer<typeof roomSettingsInput>;

/** What making or changing a room answers, and a new code. */
export interface RoomResponse {
  readonly room: RoomDto;
}

/** The answer of `GET /api/me`. */
export interface MeResponse {
  /** The live room that the session is in; null when it is in none. */
  readonly room: { readonly code: string; readonly role: Role } | null;
  readonly spotify: { readonly authenticated: boolean };
}

/** Why a room is closed to a page, as it opens or when its stream ends for good; `replaced` only until the page is visible again. */
export type CloseReason =
  | 'ended'
  | 'removed'
  | 'left'
  | 'replaced'
  | 'not_a_member'
  | 'not_found'
  | 'admitted'
  | 'turned_away';
