import 'server-only';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { type PlayerView, positionAt } from './player-view';
import { timings } from './timings';

/** What reads must show after a command. Kept with the room, so that whichever instance watches can tell lag from truth (PB5). */
export interface Expectation {
  /** When the command went out, in ms since the epoch. */
  readonly at: number;
  readonly status?: 'playing' | 'paused';
  /** The position at `at`. */
  readonly positionMs?: number;
  readonly volumePercent?: number;
  readonly deviceId?: string;
  /** The track that should be left, by next, previous or a vote. */
  readonly leavesTrack?: string;
}

/** What a room can ask of its host's player. */
export type PlayerCommand =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'seek'; readonly positionMs: number }
  | { readonly kind: 'volume'; readonly percent: number }
  | { readonly kind: 'transfer'; readonly deviceId: string };

export interface CommandEffect {
  /** What the room shows at once; null when nothing can be known yet. */
  readonly view: PlayerView | null;
  readonly expectation: Expectation;
}

function running(view: PlayerView, status: 'playing' | 'paused', at: number): PlayerView {
  const playing = status === 'playing';
  return {
    ...view,
    status,
    positionMs: positionAt(view, at),
    measuredAtMs: at,
    can: { ...view.can, pause: playing, resume: !playing },
  };
}

/** What a command that Spotify accepted will bring. A pure function of what was known. */
export function predictEffect(command: PlayerCommand, known: PlayerView, at: number): CommandEffect {
  const view = known.track === null ? null : known;
  switch (command.kind) {
    case 'play':
      return { view: view && running(view, 'playing', at), expectation: { at, status: 'playing' } };
    case 'pause':
      return { view: view && running(view, 'paused', at), expectation: { at, status: 'paused' } };
    case 'next':
      return { view: null, expectation: { at, ...(view?.track ? { leavesTrack: view.track.uri } : {}) } };
    case 'previous':
      // Back to the start of this song or to the one before: Spotify decides.
      return { view: null, expectation: { at } };
    case 'seek': {
      const { positionMs } = command;
      return { view: view && { ...view, positionMs, measuredAtMs: at }, expectation: { at, positionMs } };
    }
    case 'volume': {
      const device = view?.device;
      return {
        view: view && device ? { ...view, device: { ...device, volumePercent: command.percent } } : null,
        expectation: { at, volumePercent: command.percent },
      };
    }
    case 'transfer':
      return { view: null, expectation: { at, deviceId: command.deviceId } };
  }
}

/** Spotify rounds volumes on some devices. */
const volumeTolerance = 2;

/** A seek is confirmed by a position this near, in ms. */
const seekToleranceMs = 2_000;

function positionConfirmed(expectation: Expectation, seen: SeenPlayback): boolean {
  if (expectation.positionMs === undefined) return true;
  if (seen.positionMs === null) return false;
  const ran = seen.status === 'playing' ? seen.measuredAtMs - expectation.at : 0;
  return Math.abs(seen.positionMs - (expectation.positionMs + ran)) <= seekToleranceMs;
}

/** Whether a read shows what the command was to bring. */
export function isConfirmed(expectation: Expectation, seen: SeenPlayback): boolean {
  const { status, volumePercent, deviceId, leavesTrack } = expectation;
  if (status !== undefined && seen.status !== status) return false;
  if (deviceId !== undefined && seen.deviceId !== deviceId) return false;
  if (leavesTrack !== undefined && seen.track?.uri === leavesTrack) return false;
  const volume = seen.device?.volumePercent;
  if (volumePercent !== undefined && volume != null && Math.abs(volume - volumePercent) > volumeTolerance) return false;
  return positionConfirmed(expectation, seen);
}

/** Whether an expectation still outweighs a read that contradicts it. */
export function isBinding(expectation: Expectation, measuredAtMs: number): boolean {
  return measuredAtMs < expectation.at + timings.expectationMs;
}
