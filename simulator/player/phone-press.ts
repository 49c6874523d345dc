import * as z from 'zod';
import type { Library } from '@/simulator/catalogue/library';
import { applyCommand, type PlayerCommand } from './commands';
import { moveTo } from './device-changes';
import { begin, moveOn } from './progress';
import { activeDevice, type PlayerState } from './state';

/** A press on the host's own phone, or on another device of theirs. */
export const pressInput = z.discriminatedUnion('press', [
  z.strictObject({ press: z.enum(['play', 'pause', 'next', 'previous']) }),
  z.strictObject({ press: z.literal('seek'), positionMs: z.number().int().min(0) }),
  z.strictObject({ press: z.literal('volume'), percent: z.number().int().min(0).max(100) }),
  z.strictObject({ press: z.literal('shuffle'), on: z.boolean() }),
  z.strictObject({ press: z.literal('repeat'), mode: z.enum(['off', 'track', 'context']) }),
  z.strictObject({ press: z.literal('queue'), uri: z.string() }),
  /** Plays tracks, episodes or local files, or a context from one of its tracks on. */
  z.strictObject({
    press: z.literal('start'),
    uris: z.array(z.string()).min(1).optional(),
    contextUri: z.string().optional(),
    fromUri: z.string().optional(),
    positionMs: z.number().int().min(0).optional(),
  }),
  /** Moves the music to a device, restricted ones too. */
  z.strictObject({ press: z.literal('device'), device: z.string() }),
]);

export type PressInput = z.infer<typeof pressInput>;

/**
 * Applies a press on the host's own phone. It may do what the Web API may not: a restricted speaker accepts it, and
 * pressing play twice is no error.
 */
export function applyPress(state: PlayerState, input: PressInput, library: Library, now: number): PlayerState {
  if (input.press === 'device') {
    const device = state.devices.find(({ key }) => key === input.device);
    return device === undefined ? state : moveTo(state, device, now);
  }
  const awake = withActiveDevice(state, now);
  if (input.press === 'start') return startFromPhone(awake, input, library, now);
  const free = { ...awake, devices: awake.devices.map((device) => ({ ...device, isRestricted: false })) };
  const result = applyCommand(free, toCommand(input), library, now);
  return result.ok ? { ...result.state, devices: restricted(result.state, awake) } : awake;
}

function restricted(after: PlayerState, before: PlayerState): PlayerState['devices'] {
  return after.devices.map((device) => {
    const known = before.devices.find(({ key }) => key === device.key);
    return { ...device, isRestricted: known?.isRestricted ?? device.isRestricted };
  });
}

/** A press makes a device active: the phone, unless one is active already. */
function withActiveDevice(state: PlayerState, now: number): PlayerState {
  if (activeDevice(state) !== null) return state;
  const device = state.devices.find(({ key }) => key === 'phone') ?? state.devices[0];
  if (device === undefined) return state;
  const woken = { ...device, listed: true, reachable: true };
  const devices = state.devices.map((known) => (known.key === device.key ? woken : known));
  return moveTo({ ...state, devices }, woken, now);
}

type StartPress = Extract<PressInput, { press: 'start' }>;

/** The phone plays what the Web API refuses: local files and songs that are no longer playable. */
function startFromPhone(state: PlayerState, input: StartPress, library: Library, now: number): PlayerState {
  const tracks = input.uris ?? library.contextTracks(input.contextUri ?? '') ?? [];
  const place = input.fromUri === undefined ? 0 : Math.max(0, tracks.indexOf(input.fromUri));
  const first = tracks[place];
  if (first === undefined) return state;
  const loaded = {
    ...state,
    contextUri: input.uris === undefined ? (input.contextUri ?? null) : null,
    tracks,
    order: tracks,
    index: place,
    fromQueue: false,
    shuffle: false,
    unknownItem: false,
  };
  const positionMs = input.positionMs ?? 0;
  const started = begin(loaded, first, now, positionMs);
  return positionMs >= library.durationMs(first) ? moveOn(started, library, now) : started;
}

function toCommand(input: Exclude<PressInput, { press: 'start' | 'device' }>): PlayerCommand {
  const deviceId = null;
  switch (input.press) {
    case 'play':
      return { kind: 'resume', deviceId };
    case 'pause':
    case 'next':
    case 'previous':
      return { kind: input.press, deviceId };
    case 'seek':
      return { kind: 'seek', positionMs: input.positionMs, deviceId };
    case 'volume':
      return { kind: 'volume', percent: input.percent, deviceId };
    case 'shuffle':
      return { kind: 'shuffle', on: input.on, deviceId };
    case 'repeat':
      return { kind: 'repeat', mode: input.mode, deviceId };
    case 'queue':
      return { kind: 'queue', uri: input.uri, deviceId };
  }
}
