import 'server-only';
import type { Expectation } from './expectation';
import { type PlayerView, positionAt } from './player-view';

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
