import * as z from 'zod';
import { settingsSchema } from '@/simulator/world/settings';

/** What the control endpoint takes. The client and the server read the same schemas. */

export const resetInput = z.strictObject({
  /** Leaves logins and added accounts as they are. */
  keepGrants: z.boolean().optional(),
});

export const settingsInput = settingsSchema.partial();

export const clockInput = z.strictObject({
  clock: z.enum(['tokens', 'players']),
  advanceMs: z.number().int().optional(),
  advanceMonths: z.number().int().optional(),
});

export const expireTokensInput = z.strictObject({ account: z.string().optional() });

export const revokeInput = z.strictObject({
  account: z.string(),
  /** Ends access tokens as well, instead of letting them run out. */
  accessTokens: z.boolean().optional(),
});

export const loginInput = z.strictObject({ scopes: z.array(z.string()).readonly() });

export type ClockInput = z.infer<typeof clockInput>;

/** Tokens of a login that was made without a browser. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string;
  readonly expiresInSeconds: number;
}
