import 'server-only';
import type { PlaybackAbilities, PlaybackDevice, PlaybackStatus, Track } from '@/lib/shared/contract/snapshot';
import type { DeafDevice } from './deaf-device';

/** A host's player as the room last saw it: what is stored, and what a snapshot shows beside the play's id. */
export interface PlayerView {
  readonly status: PlaybackStatus;
  readonly track: Track | null;
  readonly positionMs: number;
  /** ms since the epoch. */
  readonly measuredAtMs: number;
  readonly device: PlaybackDevice | null;
  readonly can: PlaybackAbilities;
  /** The playlist or album that plays; never sent. */
  readonly contextUri: string | null;
  /** One song repeats, which nothing that is queued gets past; never sent. */
  readonly repeatsTrack: boolean;
  /** A song ended, nothing followed, and nobody paused (FD6). */
  readonly ranOut: boolean;
  /** It did so because somebody left that song long before its end, with nothing after it (FD3). */
  readonly wasLeft: boolean;
  /** The device that was last found to queue nothing of what it took; never sent (FD13). */
  readonly deaf: DeafDevice | null;
}

/** Before anything was read. */
export const unknownView: PlayerView = {
  status: 'unknown',
  track: null,
  positionMs: 0,
  measuredAtMs: 0,
  device: null,
  can: { pause: false, resume: false, next: false, previous: false, seek: false },
  contextUri: null,
  repeatsTrack: false,
  ranOut: false,
  wasLeft: false,
  deaf: null,
};

/** Where the song is at a moment, when it ran on since it was seen. */
export function positionAt(view: PlayerView, atMs: number): number {
  const ran = view.status === 'playing' ? Math.max(0, atMs - view.measuredAtMs) : 0;
  return Math.min(view.positionMs + ran, view.track?.durationMs ?? 0);
}

/** When the track ends if it plays on; null while nothing does. */
export function predictedEnd(view: PlayerView): number | null {
  if (view.status !== 'playing' || view.track === null) return null;
  return view.measuredAtMs + view.track.durationMs - view.positionMs;
}

/**
 * The view from its stored JSON: none before anything was read, and without what was added since when the version before wrote it. A merge,
 * not a schema: only we write it, and every screen and every poll reads it.
 */
export function readView(stored: Partial<PlayerView> | null): PlayerView {
  return { ...unknownView, ...stored };
}

/** Whether nothing plays and nobody paused: the music ran out, or there is no player (FD6). */
export function isSilent(view: PlayerView): boolean {
  return view.ranOut || view.status === 'nothing' || view.status === 'no_device';
}
