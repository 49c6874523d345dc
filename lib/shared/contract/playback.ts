import { z } from 'zod';

/** The body of `POST …/playback/next`. */
export const nextInput = z.object({ playId: z.string().max(64).optional() });

/** The body of `POST …/playback/seek`; whole milliseconds. */
export const seekInput = z.object({ positionMs: z.int().min(0) });

/** The body of `POST …/playback/volume`. */
export const volumeInput = z.object({ percent: z.int().min(0).max(100) });

/** The body of `PUT …/device`. */
export const deviceInput = z.object({ deviceId: z.string().min(1).max(256) });

/** The body of `POST …/skip-votes`, and the query of its `DELETE`. */
export const skipVoteInput = z.object({ playId: z.string().min(1).max(64) });
