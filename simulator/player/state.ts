import * as z from 'zod';

const deviceSchema = z.object({
  /** Short name that tests use; never leaves the control endpoint. */
  key: z.string(),
  /** Null on some restricted speakers. */
  id: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  isRestricted: z.boolean(),
  supportsVolume: z.boolean(),
  volumePercent: z.number().nullable(),
  /** Whether the device list shows it. */
  listed: z.boolean(),
  /** Whether a command with its id finds it; a remembered id may work while the list does not show the device. */
  reachable: z.boolean(),
  /** False for a speaker that accepts songs for the queue, and queues nothing. */
  takesQueue: z.boolean().default(true),
});

/**
 * Everything about one account's player, as of `anchoredAt`. The position between two changes is computed, never counted
 * up, so that no error accumulates. Times are milliseconds of the `players` clock.
 */
export const playerStateSchema = z.object({
  devices: z.array(deviceSchema).readonly(),
  /** Key of the device that plays or would play. */
  activeDevice: z.string().nullable(),
  /** Key of the device that was active last. */
  lastDevice: z.string().nullable(),
  playing: z.boolean(),
  /** URI of what is loaded. */
  item: z.string().nullable(),
  positionMs: z.number(),
  anchoredAt: z.number(),
  /** Spotify's `timestamp`: moves on changes only. */
  changedAt: z.number(),
  contextUri: z.string().nullable(),
  /** The context in its own order. */
  tracks: z.array(z.string()).readonly(),
  /** The context in the order it plays. */
  order: z.array(z.string()).readonly(),
  /** Place in `order`; stays while queued items play. */
  index: z.number(),
  /** The user's queue, next first. */
  queue: z.array(z.string()).readonly(),
  /** Whether `item` came from the queue. */
  fromQueue: z.boolean(),
  repeat: z.enum(['off', 'track', 'context']),
  shuffle: z.boolean(),
  autoplay: z.boolean(),
  /** An advert plays until then. */
  adUntil: z.number().nullable(),
  privateSession: z.enum(['off', 'nulls', 'no_content']),
  nullProgress: z.boolean(),
  /** The device died silently: the position runs past the end. */
  runsPastEnd: z.boolean(),
  unknownItem: z.boolean(),
  /** How long before its end a song gives way to the next one. */
  crossfadeMs: z.number().default(0),
  /** *Mix* is on: every song gives way at a moment of its own, by its URI or drawn from the seed. */
  mix: z
    .object({ seed: z.number(), earlyEnds: z.record(z.string(), z.number()) })
    .nullable()
    .default(null),
  /** Nothing followed when the song was to give way: it plays to its end, whatever is queued meanwhile. */
  playsOut: z.boolean().default(false),
  /** What began when, and when the music first stopped after that, before something else began; oldest first, bounded. */
  begun: z
    .array(z.object({ uri: z.string(), at: z.number(), stoppedAt: z.number().nullable().default(null) }))
    .readonly()
    .default([]),
});

export type Device = z.infer<typeof deviceSchema>;
export type PlayerState = z.infer<typeof playerStateSchema>;
export type RepeatMode = PlayerState['repeat'];

/** Milliseconds into the item at `now`; may lie past its end until `advance` was called. */
export function positionAt(state: PlayerState, now: number): number {
  const running = state.playing ? Math.max(0, now - state.anchoredAt) : 0;
  return state.positionMs + running;
}

/** The device that is active, or null. */
export function activeDevice(state: PlayerState): Device | null {
  return state.devices.find((device) => device.key === state.activeDevice) ?? null;
}

/** A player with these devices on which nothing was ever played. */
export function idlePlayer(devices: readonly Device[], now: number): PlayerState {
  return {
    devices,
    activeDevice: null,
    lastDevice: null,
    playing: false,
    item: null,
    positionMs: 0,
    anchoredAt: now,
    changedAt: now,
    contextUri: null,
    tracks: [],
    order: [],
    index: 0,
    queue: [],
    fromQueue: false,
    repeat: 'off',
    shuffle: false,
    autoplay: false,
    adUntil: null,
    privateSession: 'off',
    nullProgress: false,
    runsPastEnd: false,
    unknownItem: false,
    crossfadeMs: 0,
    mix: null,
    playsOut: false,
    begun: [],
  };
}
