import * as z from 'zod';
import { settingsSchema } from '@/simulator/settings';

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

export const accountInput = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  displayName: z.string().min(1).max(80),
  product: z.enum(['premium', 'free']).optional(),
  allowListed: z.boolean().optional(),
});

export const loginInput = z.strictObject({ scopes: z.array(z.string()).readonly() });

/** A touch on the host's own phone, or on whatever else the host holds. */
export const pressInput = z.discriminatedUnion('press', [
  z.strictObject({ press: z.enum(['play', 'pause', 'next', 'previous']) }),
  z.strictObject({ press: z.literal('seek'), positionMs: z.number().int().min(0) }),
  z.strictObject({ press: z.literal('volume'), percent: z.number().int().min(0).max(100) }),
  z.strictObject({ press: z.literal('shuffle'), on: z.boolean() }),
  z.strictObject({ press: z.literal('repeat'), mode: z.enum(['off', 'track', 'context']) }),
  z.strictObject({ press: z.literal('queue'), uri: z.string() }),
  /** Plays tracks, episodes or local files, or a context from one of its tracks on. */
  z.strictObject({
    press: z.literal('start'),
    uris: z.array(z.string()).min(1).optional(),
    contextUri: z.string().optional(),
    fromUri: z.string().optional(),
    positionMs: z.number().int().min(0).optional(),
  }),
  /** Moves the music to a device, restricted ones too. */
  z.strictObject({ press: z.literal('device'), device: z.string() }),
]);

/** Oddities of a player. */
export const playerModeInput = z.strictObject({
  autoplay: z.boolean().optional(),
  privateSession: z.enum(['off', 'nulls', 'no_content']).optional(),
  nullProgress: z.boolean().optional(),
  /** The device died: `is_playing` stays, the position runs past the end. */
  runsPastEnd: z.boolean().optional(),
  unknownItem: z.boolean().optional(),
  /** An advert of this length begins now; 0 ends one. */
  adMs: z.number().int().min(0).optional(),
});

export const deviceInput = z.strictObject({
  key: z.string(),
  id: z.string().nullable().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  isRestricted: z.boolean().optional(),
  supportsVolume: z.boolean().optional(),
  volumePercent: z.number().int().min(0).max(100).nullable().optional(),
  listed: z.boolean().optional(),
  reachable: z.boolean().optional(),
});

export const devicesInput = z.strictObject({
  devices: z.array(deviceInput).readonly(),
  /** Key of the active one; null for none. Left out: stays while it is still there. */
  active: z.string().nullable().optional(),
});

/** `wake` lists a device, `sleep` keeps it listed but inactive, `remove` takes it out of reach. */
export const deviceChangeInput = z.strictObject({ change: z.enum(['wake', 'sleep', 'remove']) });

export type ClockInput = z.infer<typeof clockInput>;
export type PressInput = z.infer<typeof pressInput>;
export type PlayerModeInput = z.infer<typeof playerModeInput>;
export type DevicesInput = z.infer<typeof devicesInput>;
export type DeviceChange = z.infer<typeof deviceChangeInput>['change'];
export type AccountInput = z.infer<typeof accountInput>;

/** The true state of a player, as tests want to read it. */
export interface TruePlayer {
  readonly playing: boolean;
  readonly itemUri: string | null;
  readonly itemName: string | null;
  readonly positionMs: number;
  readonly durationMs: number | null;
  readonly contextUri: string | null;
  readonly queue: readonly string[];
  /** What began, oldest first; `at` in ms of the players' clock. */
  readonly begun: readonly { readonly uri: string; readonly at: number }[];
  readonly upcoming: readonly string[];
  readonly repeat: 'off' | 'track' | 'context';
  readonly shuffle: boolean;
  readonly activeDevice: string | null;
  readonly devices: readonly {
    readonly key: string;
    readonly id: string | null;
    readonly name: string;
    readonly listed: boolean;
    readonly volumePercent: number | null;
  }[];
}

/** Tokens of a login that was made without a browser. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string;
  readonly expiresInSeconds: number;
}
