import { createHash } from 'node:crypto';
import type { Device } from './state';

/** A device id as Spotify makes them: 40 hexadecimal digits, here always the same for the same name. */
export function deviceId(account: string, key: string): string {
  return createHash('sha1').update(`${account} ${key}`).digest('hex');
}

/** Makes a device that is awake and can do everything, changed by `more`. */
export function makeDevice(
  account: string,
  key: string,
  name: string,
  type: string,
  more: Partial<Device> = {},
): Device {
  return {
    key,
    id: deviceId(account, key),
    name,
    type,
    isRestricted: false,
    supportsVolume: true,
    volumePercent: 60,
    listed: true,
    reachable: true,
    takesQueue: true,
    ...more,
  };
}

/** The devices an account starts with: a speaker, a computer, a phone without volume, a restricted speaker. */
export function standardDevices(account: string): readonly Device[] {
  return [
    makeDevice(account, 'kitchen', 'Kitchen speaker', 'Speaker', { volumePercent: 45 }),
    makeDevice(account, 'laptop', 'Laptop', 'Computer', { volumePercent: 70 }),
    makeDevice(account, 'phone', 'Phone', 'Smartphone', { supportsVolume: false, volumePercent: 100 }),
    makeDevice(account, 'bath', 'Bath speaker', 'Speaker', { id: null, isRestricted: true, volumePercent: 30 }),
  ];
}
