import { z } from 'zod';
import { personNameBounds } from '@/lib/shared/rules/names';
import { nameField } from './name-field';
import type { JoinedMember } from './members';
import type { RoomDto } from './snapshot';

/** A way for the host to another device. */
export interface TransferDto {
  /** 128 random bits, base64url. */
  readonly code: string;
  /** Where the other device goes; the code is in its fragment, which browsers send nobody. */
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** The answer of `POST …/transfer`. */
export interface TransferResponse {
  readonly transfer: TransferDto;
}

/** The body of `POST /api/transfers`. */
export const takeOverInput = z.object({
  code: z.string().max(200),
  name: nameField(personNameBounds).exactOptional(),
});
export type TakeOverInput = z.infer<typeof takeOverInput>;

/** The answer of `POST /api/transfers`. */
export interface TakeOverResponse {
  readonly room: RoomDto;
  readonly member: JoinedMember;
}
