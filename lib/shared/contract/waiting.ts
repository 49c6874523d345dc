import { idParams } from './path-params';

/** The path of `…/waiting/ID`: somebody at the door is addressed as the member they will be. */
export const waitingParams = idParams('member_not_found');

/** Somebody who waits at the door, as the host sees them. */
export interface WaitingDto {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** The answer of `GET …/waiting`. */
export interface WaitingResponse {
  readonly waiting: readonly WaitingDto[];
}

/** The answer of `POST …/members` to who has to wait. */
export interface KnockResponse {
  readonly waiting: { readonly id: string; readonly name: string };
}
