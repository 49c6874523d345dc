import * as z from 'zod';
import { makeDevice } from './devices';
import { stopAt } from './progress';
import type { Device, PlayerState } from './state';

const deviceInput = z.strictObject({
  key: z.string(),
  id: z.string().nullable().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  isRestricted: z.boolean().optional(),
  supportsVolume: z.boolean().optional(),
  volumePercent: z.number().int().min(0).max(100).nullable().optional(),
  listed: z.boolean().optional(),
  reachable: z.boolean().optional(),
  takesQueue: z.boolean().optional(),
});

export const devicesInput = z.strictObject({
  devices: z.array(deviceInput).readonly(),
  /** Key of the active one; null for none. Left out: stays while it is still there. */
  active: z.string().nullable().optional(),
});

/** `wake` lists a device, `sleep` keeps it listed but inactive, `remove` takes it out of reach. */
export const deviceChangeInput = z.strictObject({ change: z.enum(['wake', 'sleep', 'remove']) });

export type DevicesInput = z.infer<typeof devicesInput>;
export type DeviceChange = z.infer<typeof deviceChangeInput>['change'];

/** Changes fields of one device. */
export function changeDevice(state: PlayerState, key: string, change: Partial<Device>): PlayerState {
  return {
    ...state,
    devices: state.devices.map((device) => (device.key === key ? { ...device, ...change } : device)),
  };
}

/** Makes a device the active one; what plays goes on there. */
export function moveTo(state: PlayerState, device: Device, now: number): PlayerState {
  return {
    ...changeDevice(state, device.key, { listed: true }),
    activeDevice: device.key,
    lastDevice: device.key,
    changedAt: now,
  };
}

/** Ends what plays on a device that goes away. */
function loseDevice(state: PlayerState, now: number): PlayerState {
  const stopped = state.playing ? stopAt(state, now) : state;
  return { ...stopped, activeDevice: null, changedAt: now };
}

/** Replaces the list of devices. */
export function setDevices(state: PlayerState, account: string, input: DevicesInput, now: number): PlayerState {
  const devices = input.devices.map(({ key, name, type, id, ...rest }) => {
    const known = state.devices.find((device) => device.key === key);
    const base = known ?? makeDevice(account, key, name ?? key, type ?? 'Speaker');
    return {
      ...base,
      name: name ?? base.name,
      type: type ?? base.type,
      id: id === undefined ? base.id : id,
      isRestricted: rest.isRestricted ?? base.isRestricted,
      supportsVolume: rest.supportsVolume ?? base.supportsVolume,
      volumePercent: rest.volumePercent === undefined ? base.volumePercent : rest.volumePercent,
      listed: rest.listed ?? base.listed,
      reachable: rest.reachable ?? base.reachable,
      takesQueue: rest.takesQueue ?? base.takesQueue,
    };
  });
  const active = input.active === undefined ? state.activeDevice : input.active;
  const changed = { ...state, devices };
  if (active === null || !devices.some(({ key }) => key === active)) return loseDevice(changed, now);
  return { ...changed, activeDevice: active, lastDevice: active };
}

/** Wakes a device, lets it sleep, or takes it away. */
export function changeAvailability(state: PlayerState, key: string, change: DeviceChange, now: number): PlayerState {
  const present = change !== 'remove';
  const changed = changeDevice(state, key, { listed: present, reachable: present });
  return change !== 'wake' && state.activeDevice === key ? loseDevice(changed, now) : changed;
}
