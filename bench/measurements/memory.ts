import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@/testing/deployments/deployment';
import { gather } from '@/bench/party';
import { processFigures } from '@/bench/process-figures';
import { type Measurement, times } from '@/bench/row';
import { Screens, type ScreenTarget } from '@/bench/screens';

const streams = 1_000;

/** Bytes that the process needs: its objects, and buffers outside them. */
async function usedMemory(url: string): Promise<number> {
  await delay(1_500);
  return (await processFigures(url)).heldBytes;
}

/** What one stream more costs, in bytes. */
async function perStream(url: string, targets: readonly ScreenTarget[]): Promise<number> {
  const before = await usedMemory(url);
  const screens = await Screens.open(targets);
  const during = await usedMemory(url);
  screens.close();
  await usedMemory(url);
  return (during - before) / targets.length;
}

/** Memory of an open event stream, after collecting garbage. */
export async function measureMemory(deployment: Deployment, baseline: string): Promise<Measurement> {
  const [url = ''] = deployment.urls;
  const party = await gather(deployment, 'memory', streams);
  const bareTargets = Array.from({ length: streams }, () => ({ url: `${baseline}/api/stream`, headers: {} }));
  const roomTargets = [party.host, ...party.guests].map(({ headers }) => ({
    url: `${url}${party.path}/events`,
    headers,
  }));
  // Once each before it counts: caches of people and code that are made once are not a stream's.
  await perStream(url, roomTargets);
  await perStream(baseline, bareTargets);
  const bare = await perStream(baseline, bareTargets);
  const room = await perStream(url, roomTargets);
  return {
    rows: [
      {
        what: `Memory per open stream, ${streams} streams`,
        measured: `${(room / 1_024).toFixed(1)} KiB`,
        baseline: `${(bare / 1_024).toFixed(1)} KiB bare event stream`,
        ratio: times(room / bare),
        bar: '≤ 1.3×',
        holds: room <= 1.3 * bare,
      },
    ],
  };
}
