import 'server-only';
import { perProcess } from './per-process';

/**
 * Lets calls of this process that overlap share one: a call while `work` runs under that name and key gets its result, or its failure. A
 * later call begins another.
 */
export function singleFlight<T>(name: string, key: string, work: () => Promise<T>): Promise<T> {
  const flights = perProcess(`flights:${name}`, () => new Map<string, Promise<T>>());
  const running = flights.get(key);
  if (running !== undefined) return running;
  const flight = work().finally(() => flights.delete(key));
  flights.set(key, flight);
  return flight;
}
