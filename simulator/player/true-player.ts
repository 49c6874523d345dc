import { catalogue } from '@/simulator/catalogue/catalogue';
import type { Library } from '@/simulator/catalogue/library';
import { trueEarlyEndMs, upcoming } from './progress';
import { type Device, type PlayerState, positionAt } from './state';

type SameFields =
  | 'changedAt'
  | 'playing'
  | 'positionMs'
  | 'contextUri'
  | 'queue'
  | 'begun'
  | 'repeat'
  | 'shuffle'
  | 'activeDevice';

/** The true state of a player, as tests want to read it. */
export interface TruePlayer extends Pick<PlayerState, SameFields> {
  readonly itemUri: string | null;
  readonly itemName: string | null;
  readonly durationMs: number | null;
  /** How long before its end the song gives way to the next one. */
  readonly earlyEndMs: number;
  readonly upcoming: readonly string[];
  readonly devices: readonly Pick<Device, 'key' | 'id' | 'name' | 'listed' | 'volumePercent'>[];
}

/** Describes a player that was advanced to `now`, whatever the Web API still shows. */
export function truePlayer(state: PlayerState, library: Library, now: number): TruePlayer {
  const item = state.item === null ? undefined : catalogue.find(state.item);
  return {
    playing: state.playing,
    changedAt: state.changedAt,
    itemUri: state.item,
    itemName: item?.name ?? null,
    positionMs: Math.round(positionAt(state, now)),
    durationMs: item?.durationMs ?? null,
    earlyEndMs: trueEarlyEndMs(state, library),
    contextUri: state.contextUri,
    queue: state.queue,
    begun: state.begun,
    upcoming: upcoming(state, library),
    repeat: state.repeat,
    shuffle: state.shuffle,
    activeDevice: state.activeDevice,
    devices: state.devices.map(({ key, id, name, listed, volumePercent }) => ({
      key,
      id,
      name,
      listed,
      volumePercent,
    })),
  };
}
