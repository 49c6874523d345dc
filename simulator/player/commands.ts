import type { Library } from '@/simulator/catalogue/library';
import { changeDevice, moveTo } from './device-changes';
import { begin, moveOn, stopAt } from './progress';
import { shuffled } from './shuffle';
import { activeDevice, type Device, type PlayerState, positionAt, type RepeatMode } from './state';

/** Where a `start` begins in its list. */
export type StartOffset = { readonly position: number } | { readonly uri: string };

/** A command to a player. `deviceId` null means the active device. */
export type PlayerCommand =
  | { readonly kind: 'resume' | 'pause' | 'next' | 'previous' | 'drop'; readonly deviceId: string | null }
  | {
      readonly kind: 'start';
      readonly contextUri: string | null;
      readonly tracks: readonly string[];
      readonly offset: StartOffset | null;
      readonly positionMs: number;
      readonly deviceId: string | null;
    }
  | { readonly kind: 'seek'; readonly positionMs: number; readonly deviceId: string | null }
  | { readonly kind: 'volume'; readonly percent: number; readonly deviceId: string | null }
  | { readonly kind: 'repeat'; readonly mode: RepeatMode; readonly deviceId: string | null }
  | { readonly kind: 'shuffle'; readonly on: boolean; readonly deviceId: string | null }
  | { readonly kind: 'queue'; readonly uri: string; readonly deviceId: string | null }
  | { readonly kind: 'transfer'; readonly deviceId: string; readonly play: boolean };

/** Why a player refuses a command. */
export type Refusal = 'no_active_device' | 'device_not_found' | 'restriction_violated' | 'volume_disallowed';

export type CommandResult =
  | { readonly ok: true; readonly state: PlayerState }
  | { readonly ok: false; readonly refusal: Refusal };

/** Past this position *previous* restarts the song instead of going back. */
export const restartAfterMs = 3000;

const refuse = (refusal: Refusal): CommandResult => ({ ok: false, refusal });
const accept = (state: PlayerState): CommandResult => ({ ok: true, state });

/**
 * Applies one command to a player that was advanced to `now`. Pure: the same arguments give the same answer.
 */
export function applyCommand(state: PlayerState, command: PlayerCommand, library: Library, now: number): CommandResult {
  const wakes = command.kind === 'resume' || command.kind === 'start' || command.kind === 'transfer';
  const target = findTarget(state, command.deviceId);
  if (target === 'no_active_device' || target === 'device_not_found') return refuse(target);
  if (target.isRestricted) return refuse('restriction_violated');
  const moves = target.key !== state.activeDevice;
  if (moves && !wakes) return refuse('restriction_violated');
  const on = moves ? moveTo(state, target, now) : state;
  const inAd = state.adUntil !== null && now < state.adUntil;

  switch (command.kind) {
    case 'resume':
      if (on.item === null) return refuse('restriction_violated');
      if (on.playing) return moves ? accept(on) : refuse('restriction_violated');
      return accept({ ...on, playing: true, anchoredAt: now, changedAt: now });
    case 'pause':
      return on.playing ? accept(stopAt(on, now)) : refuse('restriction_violated');
    case 'start':
      return start(on, command, library, now);
    case 'drop':
      return accept({
        ...stopAt(on, now),
        item: null,
        queue: [],
        order: [],
        tracks: [],
        contextUri: null,
        positionMs: 0,
      });
    case 'next':
      return on.item === null || inAd ? refuse('restriction_violated') : accept(moveOn(on, library, now));
    case 'previous':
      return on.item === null || inAd ? refuse('restriction_violated') : accept(goBack(on, library, now));
    case 'seek':
      if (on.item === null || inAd) return refuse('restriction_violated');
      if (command.positionMs >= library.durationMs(on.item)) return accept(moveOn(on, library, now));
      return accept({
        ...on,
        positionMs: command.positionMs,
        anchoredAt: now,
        changedAt: now,
        runsPastEnd: false,
        playsOut: false,
      });
    case 'volume':
      if (!target.supportsVolume) return refuse('volume_disallowed');
      return accept(changeDevice(on, target.key, { volumePercent: command.percent }));
    case 'repeat':
      return accept({ ...on, repeat: command.mode });
    case 'shuffle':
      return accept(setShuffle(on, command.on, now));
    case 'queue':
      return accept(target.takesQueue ? { ...on, queue: [...on.queue, command.uri] } : on);
    case 'transfer':
      return accept(command.play && on.item !== null && !on.playing ? resumeAt(on, now) : on);
  }
}

function resumeAt(state: PlayerState, now: number): PlayerState {
  return { ...state, playing: true, anchoredAt: now, changedAt: now };
}

function findTarget(state: PlayerState, deviceId: string | null): Device | 'no_active_device' | 'device_not_found' {
  if (deviceId === null) return activeDevice(state) ?? 'no_active_device';
  const device = state.devices.find(({ id, reachable }) => id === deviceId && reachable);
  return device ?? 'device_not_found';
}

type StartCommand = Extract<PlayerCommand, { kind: 'start' }>;

function start(state: PlayerState, command: StartCommand, library: Library, now: number): CommandResult {
  const place = startPlace(command);
  const first = command.tracks[place];
  if (first === undefined || !library.isPlayable(first)) return refuse('restriction_violated');
  const order = state.shuffle ? shuffled(command.tracks, first, now) : command.tracks;
  const loaded = begin(
    {
      ...state,
      contextUri: command.contextUri,
      tracks: command.tracks,
      order,
      index: state.shuffle ? 0 : place,
      fromQueue: false,
    },
    first,
    now,
    command.positionMs,
  );
  return accept(command.positionMs >= library.durationMs(first) ? moveOn(loaded, library, now) : loaded);
}

function startPlace({ offset, tracks }: StartCommand): number {
  if (offset === null) return 0;
  return 'position' in offset ? offset.position : tracks.indexOf(offset.uri);
}

function goBack(state: PlayerState, library: Library, now: number): PlayerState {
  if (state.item === null) return state;
  if (positionAt(state, now) > restartAfterMs) return begin(state, state.item, now);
  if (state.fromQueue) {
    const uri = state.order[state.index];
    return begin({ ...state, fromQueue: false }, uri ?? state.item, now);
  }
  const lowest = state.repeat === 'context' ? state.index - state.order.length + 1 : 0;
  for (let index = state.index - 1; index >= lowest; index -= 1) {
    const wrapped = (index + state.order.length) % state.order.length;
    const uri = state.order[wrapped];
    if (uri !== undefined && library.isPlayable(uri)) return begin({ ...state, index: wrapped }, uri, now);
  }
  return begin(state, state.item, now);
}

function setShuffle(state: PlayerState, on: boolean, now: number): PlayerState {
  if (state.shuffle === on) return state;
  const present = state.order[state.index] ?? null;
  const order = on ? shuffled(state.tracks, present, now) : state.tracks;
  const index = on || present === null ? 0 : Math.max(0, order.indexOf(present));
  return { ...state, shuffle: on, order, index };
}
