import * as z from 'zod';

/** What a test may switch while the simulator runs. */
export const settingsSchema = z.strictObject({
  /** Milliseconds until a command shows in reads. */
  lagMs: z.number().int().min(0),
  /** How player commands answer: `204`, `200` with an opaque text, or by turns. */
  commandAnswer: z.enum(['204', '200', 'alternate']),
  /** Whether a refresh leaves `refresh_token` out, or brings a new one and ends the old. */
  refreshMode: z.enum(['omit', 'rotate']),
  refreshWidensScope: z.boolean(),
  accessTokenLifeSeconds: z.number().int().min(1),
  /** Fields of a new development-mode app, or old and new names together. */
  profile: z.enum(['development', 'extended']),
  /** Whether the app's owner has Premium; without it every Web API call is refused. */
  ownerHasPremium: z.boolean(),
  /** Added to the `Date` header and the player's `timestamp`, as if Spotify's clock went wrong. */
  clockSkewMs: z.number().int(),
  /** Songs that the player and the queue show under another id, as Spotify does when it relinks them. */
  relinkedUris: z.array(z.string()).readonly(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a new simulator. */
export function initialSettings(lagMs: number): Settings {
  return {
    lagMs,
    commandAnswer: 'alternate',
    refreshMode: 'omit',
    refreshWidensScope: false,
    accessTokenLifeSeconds: 3600,
    profile: 'development',
    ownerHasPremium: true,
    clockSkewMs: 0,
    relinkedUris: [],
  };
}
