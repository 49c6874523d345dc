import type { DeviceChange, DevicesInput, PlayerModeInput } from '@/simulator/control/contract';
import { changeDevice } from './commands';
import { makeDevice } from './devices';
import { loseDevice } from './press';
import { type PlayerState, positionAt } from './state';

/** Applies private session, advert and the other oddities of a player. */
export function applyMode(state: PlayerState, input: PlayerModeInput, now: number): PlayerState {
  const { adMs, ...flags } = input;
  const changed: PlayerState = {
    ...state,
    autoplay: flags.autoplay ?? state.autoplay,
    privateSession: flags.privateSession ?? state.privateSession,
    nullProgress: flags.nullProgress ?? state.nullProgress,
    runsPastEnd: flags.runsPastEnd ?? state.runsPastEnd,
    unknownItem: flags.unknownItem ?? state.unknownItem,
  };
  if (adMs === undefined) return changed;
  // The song waits while the advert runs: its position counts on from the advert's end.
  const adUntil = now + adMs;
  return {
    ...changed,
    positionMs: positionAt(changed, now),
    anchoredAt: adUntil,
    changedAt: now,
    adUntil: adMs === 0 ? null : adUntil,
  };
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
