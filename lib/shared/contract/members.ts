import { z } from 'zod';
import { nameField } from './name-field';
import { idParams } from './path-params';
import type { Role } from './snapshot';
import { personNameBounds } from '@/lib/shared/rules/names';

/** The path of `…/members/ID`. */
export const memberParams = idParams('member_not_found');

/** The body of `POST /api/rooms/CODE/members`. */
export const joinInput = z.object({ name: nameField(personNameBounds) });
export type JoinInput = z.infer<typeof joinInput>;

/** A member as joining answers. */
export interface JoinedMember {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The answer of `POST …/members`. */
export interface JoinResponse {
  readonly member: JoinedMember;
}

/** The query of `DELETE …/members/ID`: whether the guest's waiting songs stay. */
export const removeMemberInput = z.object({ songs: z.enum(['keep', 'remove']).default('keep') });

/** The body of `PATCH …/members/ID`. */
export const memberRightsInput = z.object({
  coHost: z.boolean().exactOptional(),
  trusted: z.boolean().exactOptional(),
});
export type MemberRightsInput = z.infer<typeof memberRightsInput>;

/** A member with what the host granted. */
export interface MemberRights extends JoinedMember {
  readonly coHost: boolean;
  readonly trusted: boolean;
}

/** The answer of `PATCH …/members/ID`. */
export interface MemberRightsResponse {
  readonly member: MemberRights;
}
