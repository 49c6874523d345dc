import { z } from 'zod';

/** The body of `POST …/playback/next`. */
export const nextInput = z.object({ playId: z.string().max(64).optional() });
export type NextInput = z.infer<typeof nextInput>;

/** The body of `POST …/playback/seek`; whole milliseconds. */
export const seekInput = z.object({ positionMs: z.int().min(0) });
export type SeekInput = z.infer<typeof seekInput>;

/** The body of `POST …/playback/volume`. */
export const volumeInput = z.object({ percent: z.int().min(0).max(100) });
export type VolumeInput = z.infer<typeof volumeInput>;

/** The body of `PUT …/device`. */
export const deviceInput = z.object({ deviceId: z.string().min(1).max(256) });
export type DeviceInput = z.infer<typeof deviceInput>;

/** The body of `POST …/skip-votes`, and the query of its `DELETE`. */
export const skipVoteInput = z.object({ playId: z.string().min(1).max(64) });
export type SkipVoteInput = z.infer<typeof skipVoteInput>;
