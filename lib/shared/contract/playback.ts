import { z } from 'zod';

/** The body of `POST …/playback/next`. */
export const nextInput = z.object({ playId: z.string().max(64).optional() });

/** The body of `POST …/playback/seek`; whole milliseconds. */
export const seekInput = z.object({ positionMs: z.int().min(0) });

/** The body of `POST …/playback/volume`. */
export const volumeInput = z.object({ percent: z.int().min(0).max(100) });

/** The body of `PUT …/device`. */
export const deviceInput = z.object({ deviceId: z.string().min(1).max(256) });

/** One of the host's Spotify devices; only hosts ever see the id. */
export interface DeviceDto {
  /** Null on some restricted speakers. */
  readonly id: string | null;
  readonly name: string;
  readonly type: string;
  readonly isActive: boolean;
  /** True: the device takes no commands from apps. */
  readonly isRestricted: boolean;
  readonly volumePercent: number | null;
  readonly supportsVolume: boolean;
}

/** The answer of `GET …/devices`. */
export interface DevicesResponse {
  readonly devices: readonly DeviceDto[];
}

const noPlay = '00000000-0000-0000-0000-000000000000';

/** The body of `POST …/skip-votes`, and the query of its `DELETE`. What is not an id names no play: it answers as an unknown one. */
export const skipVoteInput = z.object({ playId: z.string().min(1).max(64).pipe(z.uuid().catch(noPlay)) });

/** The answer to a skip vote, cast or withdrawn. */
export interface SkipVoteResponse {
  readonly votes: number;
  readonly required: number;
  /** This song is being skipped, by this vote or an earlier one. */
  readonly skipped: boolean;
}
