import { join } from 'node:path';
import { describeMachine, writeResult } from './results';
import { Deployment } from '@/testing/deployments/deployment';
import { type Instance, startInstance } from '@/testing/deployments/instance';
import { baselineFolder, buildApp, buildBaseline, generateClient, needsBuild } from '@/scripts/local/app-build';
import { openTestServer, serverVersion } from '@/testing/deployments/test-server';
import { root } from '@/scripts/local/paths';
import { fail, seconds } from '@/scripts/local/steps';
import { measureFanOut } from './measurements/fan-out';
import { measureFollowing } from './measurements/following';
import { measureHold } from './measurements/hold';
import { measureKills } from './measurements/kills';
import { measureMemory } from './measurements/memory';
import { measureOnce } from './measurements/once';
import { measurePageWeight } from './measurements/page-weight';
import { measureQueue } from './measurements/queue';
import { measureReads } from './measurements/reads';
import { measureScale } from './measurements/scale';
import { measureThroughput } from './measurements/throughput';
import type { Measurement, Row } from './row';

const measurements: readonly {
  readonly name: string;
  readonly instances: number;
  /** @param baseline the address of the Next app that does nothing else */
  readonly measure: (deployment: Deployment, baseline: string) => Promise<Measurement>;
}[] = [
  { name: 'reads', instances: 2, measure: measureReads },
  { name: 'fan-out', instances: 2, measure: measureFanOut },
  { name: 'queue', instances: 1, measure: measureQueue },
  { name: 'following', instances: 2, measure: measureFollowing },
  { name: 'throughput', instances: 1, measure: measureThroughput },
  { name: 'memory', instances: 1, measure: measureMemory },
  { name: 'page-weight', instances: 1, measure: measurePageWeight },
  { name: 'once', instances: 2, measure: measureOnce },
  { name: 'kills', instances: 2, measure: measureKills },
  { name: 'scale', instances: 3, measure: measureScale },
  { name: 'hold', instances: 1, measure: measureHold },
];

/** What every process that is measured is started with. */
const nodeOptions = ['--expose-gc', '--import', 'tsx', '--import', join(root, 'bench', 'process-probe.ts')];

/** The baseline, in the same server as the app. */
function startBaseline(): Promise<Instance> {
  return startInstance({ databaseUrl: '', spotify: {}, variables: { NEXT_DIR: baselineFolder }, nodeOptions });
}

function print({ what, measured, baseline, ratio, bar, holds }: Row): void {
  const facts = [measured, baseline, ratio, bar].filter((fact) => fact !== '').join(' | ');
  console.log(`    ${holds ? 'pass ' : 'SHORT'}  ${what}: ${facts}`);
}

/** Measures what design asks for, each against its baseline in the same run. Names of measurements as arguments run only those. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  console.log('\n  Roomtone, measurements\n');
  await generateClient();
  if (needsBuild()) await buildApp();
  await buildBaseline();
  const server = await openTestServer();
  const machine = describeMachine(await serverVersion(server));
  const done: Measurement[] = [];
  try {
    for (const { name, instances, measure } of measurements) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const started = Date.now();
      // Each on processes of its own, so that none inherits what another left in memory.
      const deployment = await Deployment.start({
        server,
        label: 'bench',
        instances,
        variables: { RATE_LIMIT_FACTOR: '1000', SPOTIFY_CALLS_PER_DAY: '10000000' },
        nodeOptions,
      });
      const baseline = await startBaseline();
      let measurement: Measurement;
      try {
        measurement = await measure(deployment, baseline.url);
      } finally {
        await baseline.stop();
        await deployment.stop();
      }
      done.push(measurement);
      writeResult(name, machine, measurement);
      console.log(`  ${name}, ${seconds(started)}`);
      for (const row of measurement.rows) print(row);
    }
  } finally {
    await server.stop();
  }
  process.exitCode = done.every(({ rows }) => rows.every(({ holds }) => holds)) ? 0 : 1;
}

await main().catch(fail);
