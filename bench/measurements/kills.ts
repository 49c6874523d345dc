import { killLoop } from '@/faults/kill-loop';
import type { Deployment } from '@/testing/deployments/deployment';
import type { Measurement } from '@/bench/row';

const rounds = 20;

/** What is lost, or happens twice, when instances are killed at random moments under load. */
export async function measureKills(deployment: Deployment): Promise<Measurement> {
  // Another run kills at other moments; the seed says which they were.
  const seed = Date.now() % 1_000_000;
  const { acknowledged, lost, doubled } = await killLoop(deployment, { rounds, seed });
  for (const what of [...lost, ...doubled]) console.log(`    ${what}`);
  return {
    rows: [
      {
        what: `\`kill -9\` at ${rounds} random moments under load (seed ${seed}): acknowledged changes lost, things done twice`,
        measured: `${lost.length}, ${doubled.length}`,
        baseline: `${acknowledged} acknowledged`,
        ratio: '',
        bar: '0, 0',
        holds: lost.length === 0 && doubled.length === 0,
      },
    ],
  };
}
