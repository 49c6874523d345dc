import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { faultTest, openDeployment } from './fault';
import { killLoop } from './kill-loop';

/** A seed from a failed run repeats its choices. */
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));

async function survives(rounds: number): Promise<void> {
  try {
    const { acknowledged, lost, doubled } = await killLoop(await openDeployment(), { rounds, seed });
    assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
    assert.ok(acknowledged > rounds);
  } catch (error) {
    throw new Error(`It failed with FAULT_SEED=${seed}.`, { cause: error });
  }
}

faultTest(
  'RL-07 kill -9 at three random moments under load: nothing acknowledged is lost, nothing happens twice',
  true,
  () => survives(3),
);

faultTest(
  'RL-07 kill -9 at twenty random moments under load: nothing acknowledged is lost, nothing happens twice',
  false,
  () => survives(20),
);
