import { z } from 'zod';
import { type NameBounds, parseName, personNameBounds, roomNameBounds } from './names';

/** A name field within the given bounds, normalised as it will be stored. */
function nameField(bounds: NameBounds) {
  return z.string().transform((input, context) => {
    const name = parseName(input, bounds);
    if (name.ok) return name.value;
    context.addIssue({ code: 'custom', message: name.message });
    return z.NEVER;
  });
}

const votesToSkip = z.int().min(1).max(100);

/** The body of `POST /api/rooms`. */
export const createRoomInput = z.object({
  name: nameField(roomNameBounds).optional(),
  hostName: nameField(personNameBounds).optional(),
  guestsCanPause: z.boolean().optional(),
  votesToSkip: votesToSkip.optional(),
});
export type CreateRoomInput = z.infer<typeof createRoomInput>;

/** The body of `PATCH /api/rooms/CODE`. */
export const roomSettingsInput = z.object({
  name: nameField(roomNameBounds).optional(),
  guestsCanPause: z.boolean().optional(),
  votesToSkip: votesToSkip.optional(),
});
export type RoomSettingsInput = z.infer<typeof roomSettingsInput>;

/** The body of `POST /api/rooms/CODE/members`. */
export const joinInput = z.object({ name: nameField(personNameBounds) });
export type JoinInput = z.infer<typeof joinInput>;
