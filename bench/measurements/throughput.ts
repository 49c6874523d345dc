import autocannon from 'autocannon';
import type { Deployment } from '@/testing/deployments/deployment';
import { gather } from '@/bench/party';
import { type Measurement, median } from '@/bench/row';

const rounds = 8;
const seconds = 3;
const connections = 20;

/** What Next itself costs in the same process and build: an address that is not there, whose handler looks at nothing (`refusal`). */
const nothing = '/api/nothing';

async function requestsPerSecond(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const result = await autocannon({ url, connections, duration: seconds, headers: { ...headers } });
  const failed = result.errors + (url.endsWith(nothing) ? 0 : result.non2xx);
  if (failed > 0) throw new Error(`${url}: ${failed} failed`);
  return result.requests.average;
}

/** Requests a second of the two addresses that are asked most, beside a handler that does nothing. */
export async function measureThroughput(deployment: Deployment): Promise<Measurement> {
  const [url = ''] = deployment.urls;
  const party = await gather(deployment, 'throughput', 10);
  const targets = [url + nothing, url + party.path, `${url}/api/spotify/status`];
  // Warm before it counts: the first requests of a process are slower than all others.
  for (const target of targets) await requestsPerSecond(target, party.host.headers);
  const seen = new Map<string, number[]>(targets.map((target) => [target, []]));
  // By turns, so that whatever else the machine does hits all alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) seen.get(target)?.push(await requestsPerSecond(target, party.host.headers));
  }
  const [empty = [], room = [], status = []] = targets.map((target) => seen.get(target) ?? []);
  const row = (what: string, values: readonly number[]) => {
    // Each round beside its own baseline: what the machine did otherwise in that round was the same for both.
    const share = median(values.map((value, round) => value / (empty[round] ?? Number.NaN)));
    return {
      what,
      measured: `${Math.round(median(values))} requests/s`,
      baseline: `${Math.round(median(empty))} requests/s a handler that does nothing`,
      ratio: `${Math.round(share * 100)} %`,
      bar: '≥ 70 %',
      holds: share >= 0.7,
    };
  };
  return { rows: [row('`GET /api/rooms/CODE`', room), row('`GET /api/spotify/status`', status)] };
}
