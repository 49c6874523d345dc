import { z } from 'zod';
import { idParams } from './path-params';

/** The path of `…/screens/ID`. */
export const screenParams = idParams('screen_not_found');

/** What a screen knows of itself: a code to be typed in a room, or the room that it shows. */
export interface ScreenDto {
  /** Null once it was used. */
  readonly code: string | null;
  /** ISO 8601, UTC; null with the code. */
  readonly expiresAt: string | null;
  readonly room: { readonly code: string; readonly name: string } | null;
}

/** The answer of `POST /api/screens` and `GET /api/screens/me`. */
export interface ScreenResponse {
  readonly screen: ScreenDto;
}

/** The body of `POST …/screens`. */
export const pairInput = z.object({ code: z.string().max(200) });

/** A screen as its room knows it. */
export interface RoomScreenDto {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly pairedAt: string;
  /** On, as far as is known: seen in the last minute. */
  readonly present: boolean;
}

/** The answer of `POST …/screens`. */
export interface PairResponse {
  readonly screen: Pick<RoomScreenDto, 'id' | 'pairedAt'>;
}

/** The answer of `GET …/screens`. */
export interface RoomScreensResponse {
  readonly screens: readonly RoomScreenDto[];
}
