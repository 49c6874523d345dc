import { after, test } from 'node:test';
import { Deployment } from '@/testing/deployments/deployment';
import { openTestServer, type TestServer } from '@/testing/deployments/test-server';
import { checkInvariants, type Expectations } from './invariants';
import { Party, type PartyOptions } from './party';

/** `npm test` runs the quick and most telling ones only; see scripts/faults-main.ts. */
export const shortForm = process.env['FAULTS'] === 'short';

/** Longer than any fault takes on a busy machine. */
const timeoutMs = 240_000;

/** All people here come from one address, and the day's budget is not what is tested. */
export const variables = { RATE_LIMIT_FACTOR: '1000', SPOTIFY_CALLS_PER_DAY: '1000000' };

const instances = 2;

export interface FaultOptions extends PartyOptions {
  /** Belongs to the short form. */
  readonly short?: boolean;
}

let server: TestServer | null = null;
let deployment: Deployment | null = null;

/** The two instances that the faults of one file happen to, both running. */
export async function openDeployment(): Promise<Deployment> {
  server ??= await openTestServer();
  deployment ??= await Deployment.start({ server, label: 'fault', instances, variables });
  for (let index = 0; index < instances; index += 1) if (!deployment.runs(index)) await deployment.startInstance(index);
  await deployment.control.clearRules();
  await deployment.control.release();
  return deployment;
}

after(async () => {
  await deployment?.stop();
  await server?.stop();
});

/** Registers a test of the form that is asked for. */
export function faultTest(title: string, short: boolean, work: () => Promise<void>): void {
  if (short || !shortForm) void test(title, { timeout: timeoutMs }, work);
}

/**
 * A fault that happens to a party on two instances. Whatever it was, the invariants are checked afterwards.
 *
 * @param work answers what the fault may leave behind, where that is something
 */
export function fault(
  title: string,
  options: FaultOptions,
  work: (party: Party) => Promise<Expectations | void>,
): void {
  faultTest(title, options.short ?? false, async () => {
    const party = await Party.begin(await openDeployment(), options);
    try {
      await checkInvariants(party, (await work(party)) ?? {});
    } finally {
      await party.end();
    }
  });
}
