import 'server-only';
import type { PlayerState } from './player-state';
import type { PlayerView } from './player-view';

/** A device that took a song for its queue and queued nothing, or refused it until what played ended (FD13, FD14). */
export interface DeafDevice {
  /** Null where Spotify does not name it. */
  readonly deviceId: string | null;
  /** When that was seen, in ms since the epoch. */
  readonly sinceMs: number;
}

/** For how long that is remembered: then the device is asked once more, which costs nothing that anybody hears. */
const rememberedMs = 30 * 60_000;

/** The view once the room's device is known to queue nothing. */
export function heardNothing({ view, deviceId }: PlayerState): PlayerView {
  return { ...view, deaf: { deviceId, sinceMs: Date.now() } };
}

/** Whether songs are started on the room's device instead of being queued there (FD13). */
export function isDeaf({ view: { deaf }, deviceId }: PlayerState, now: number): boolean {
  return deaf !== null && deaf.deviceId === deviceId && now - deaf.sinceMs < rememberedMs;
}
