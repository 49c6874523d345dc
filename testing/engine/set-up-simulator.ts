import { randomUUID } from 'node:crypto';
import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { type ControlClient, createControlClient } from '@/simulator/control-client';
import { type Simulator, startSimulator } from '@/simulator/server';
import { origin } from '@/testing/people/app-client';

export interface SimulatorOptions {
  /** How late the simulated Spotify knows what happened, in ms. */
  readonly lagMs?: number;
  /** No lag, and time passes only where a test says so, however slow the machine is. */
  readonly timeStands?: boolean;
}

/** The simulated Spotify of a test file. */
export interface TestSpotify {
  readonly simulator: Simulator;
  readonly control: ControlClient;
  /** An account that belongs to one test alone. @returns its key */
  account(options?: { readonly product?: 'free'; readonly allowListed?: boolean }): Promise<string>;
}

function start({ lagMs = 50, timeStands = false }: SimulatorOptions): Promise<Simulator> {
  const now = Date.now();
  return startSimulator({
    clientId: 'test-client',
    clientSecret: 'test-client-secret',
    redirectUris: [`${origin}/api/spotify/callback`],
    controlSecret: 'test-control-secret',
    lagMs: timeStands ? 0 : lagMs,
    ...(timeStands && { clock: () => now }),
  });
}

/**
 * Runs a simulated Spotify for this test file, and points the app in this process at it, before anything asks for the configuration. No
 * test leaves faults, hanging calls or a block (WT6) to the next one; in the end the app's instance is stopped, and then the simulator.
 *
 * @returns the simulator; it runs from the first hook on
 */
export function setUpSimulator(options: SimulatorOptions = {}): TestSpotify {
  let running: { readonly simulator: Simulator; readonly control: ControlClient } | null = null;
  const started = () => {
    if (running === null) throw new Error('The simulator runs from the first hook on.');
    return running;
  };
  beforeAll(async () => {
    const simulator = await start(options);
    process.env['SPOTIFY_ACCOUNTS_URL'] = simulator.url;
    process.env['SPOTIFY_API_URL'] = simulator.url;
    // Hours pass within seconds there: no pace of people is of them.
    if (options.timeStands === true) process.env['RATE_LIMIT_FACTOR'] = '1000';
    running = { simulator, control: createControlClient(simulator) };
  });
  afterEach(async () => {
    await started().control.release();
    await started().control.clearRules();
    await getPool().query(`UPDATE "SpotifyGate" SET "blockedUntil" = NULL, "reason" = NULL`);
  });
  afterAll(async () => {
    await stopInstance();
    await started().simulator.stop();
  });
  return {
    get simulator() {
      return started().simulator;
    },
    get control() {
      return started().control;
    },
    account: async (more = {}) => {
      // Unlike in every other file: a room follows its account, and files share databases.
      const key = `account-${randomUUID().slice(0, 12)}`;
      await started().control.addAccount({ key, displayName: `Account ${key.slice(-4)}`, ...more });
      return key;
    },
  };
}
