import { until } from '@/testing/until';
import type { Deployment } from '@/testing/deployments/deployment';
import { converged } from './convergence';
import { lostChanges, skippedTwice, votedTwice } from './invariants';
import { Load } from './load';
import { Party } from './party';
import { seededRandom } from './random';

export interface KillLoopOptions {
  readonly rounds: number;
  /** The same seed kills the same instances after as much work. */
  readonly seed: number;
}

export interface KillLoopReport {
  readonly rounds: number;
  readonly seed: number;
  /** Changes that were answered with success. */
  readonly acknowledged: number;
  /** Those of them that are gone. */
  readonly lost: readonly string[];
  /** What happened more often than it was asked for: votes, skips, commands, songs. */
  readonly doubled: readonly string[];
}

/** Acknowledged changes between two faults: at least this many, and as many more as chance says. */
const leastWork = 5;
const moreWork = 20;

/** Records that nobody's account plays by itself; their songs are still on when another instance has taken over. */
const records = ['Low Tide Radio', 'Glasshouse', 'Slow Weather'];

/** How long some work is waited for, in ms: longer than a dead instance blocks a turn. */
const workMs = 60_000;

async function moreAcknowledged(party: Party, count: number): Promise<void> {
  const before = party.ledger.acknowledged;
  await until(() => party.ledger.acknowledged >= before + count, workMs);
}

/** Commands that Spotify got more often than people sent them; nothing repeats one blindly (CM1). */
async function repeatedCommands(party: Party, load: Load): Promise<readonly string[]> {
  const { control, account, firstCall: after } = party;
  const repeated: string[] = [];
  for (const command of ['pause', 'play'] as const) {
    const calls = await control.calls({ method: 'PUT', path: `/v1/me/player/${command}`, account, after });
    if (calls.length > load.sent[command]) repeated.push(`${command}: ${calls.length} of ${load.sent[command]}`);
  }
  return repeated;
}

/**
 * Kills instances at random moments under load, one after the other, and starts them again. Afterwards every screen, none of them reloaded,
 * has to show the room as it is.
 *
 * @throws {Error} when the screens do not converge, or nothing works any more
 */
export async function killLoop(deployment: Deployment, { rounds, seed }: KillLoopOptions): Promise<KillLoopReport> {
  const random = seededRandom(seed);
  const party = await Party.begin(deployment, { guests: deployment.urls.map(() => 3) });
  try {
    const songs = await Promise.all(records.map((title) => party.songs.find(title)));
    const load = new Load(party, songs.flat(), random);
    try {
      for (let round = 0; round < rounds; round += 1) {
        const victim = Math.floor(random() * deployment.urls.length);
        await moreAcknowledged(party, leastWork + Math.floor(random() * moreWork));
        await deployment.kill(victim);
        await moreAcknowledged(party, leastWork);
        await deployment.startInstance(victim);
      }
    } finally {
      await load.stop();
    }
    await converged(party, workMs);
    return {
      rounds,
      seed,
      acknowledged: party.ledger.acknowledged,
      lost: await lostChanges(party),
      doubled: [
        ...(await votedTwice(party)),
        ...(await skippedTwice(party)),
        ...(await repeatedCommands(party, load)),
        ...(await party.songs.doubled()),
      ],
    };
  } finally {
    await party.end();
  }
}
