import { randomUUID } from 'node:crypto';
import { type ControlClient, createControlClient } from '@/simulator/control-client';
import { type Simulator, startSimulator } from '@/simulator/server';
import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { type AppClient, origin } from './app-client';

export interface TestSpotify {
  readonly simulator: Simulator;
  readonly control: ControlClient;
  /** An account that belongs to one test alone. @returns its key */
  account(options?: { readonly product?: 'free'; readonly allowListed?: boolean }): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a simulator and points this process's app at it. Call it before anything asks for the configuration. */
export async function startSpotify(
  options: { readonly lagMs?: number; readonly clock?: () => number } = {},
): Promise<TestSpotify> {
  const simulator = await startSimulator({
    clientId: 'test-client',
    clientSecret: 'test-client-secret',
    redirectUris: [`${origin}/api/spotify/callback`],
    controlSecret: 'test-control-secret',
    lagMs: options.lagMs ?? 50,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  process.env['SPOTIFY_ACCOUNTS_URL'] = simulator.url;
  process.env['SPOTIFY_API_URL'] = simulator.url;
  const control = createControlClient(simulator);
  return {
    simulator,
    control,
    account: async (more = {}) => {
      // Unlike in every other file: a room follows its account, and files share databases.
      const key = `account-${randomUUID().slice(0, 12)}`;
      await control.addAccount({ key, displayName: `Account ${key.slice(-4)}`, ...more });
      return key;
    },
    stop: () => simulator.stop(),
  };
}

/**
 * Begins a login.
 *
 * @param right the feature that needs more of the account than a room does
 * @returns the address at Spotify that the browser is sent to
 */
export async function beginLogin(client: AppClient, returnTo = '/', right?: SpotifyRight): Promise<URL> {
  const query = new URLSearchParams({ returnTo, ...(right === undefined ? {} : { for: right }) });
  const response = await client.fetch('GET', `/api/spotify/authorize?${query}`);
  return new URL(response.headers.get('location') ?? '');
}

/** Answers Spotify's consent page. @returns the callback that the browser is sent to */
export async function consent(
  authorize: URL,
  account: string,
  decision: 'agree' | 'cancel' = 'agree',
): Promise<string> {
  const form = new URLSearchParams(authorize.search);
  form.set('account', account);
  form.set('decision', decision);
  const response = await fetch(`${authorize.origin}${authorize.pathname}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const url = new URL(response.headers.get('location') ?? '');
  return url.pathname + url.search;
}

/** The whole login. @returns where the browser ends up */
export async function logIn(client: AppClient, account: string, returnTo = '/', right?: SpotifyRight): Promise<string> {
  const callback = await consent(await beginLogin(client, returnTo, right), account);
  const response = await client.fetch('GET', callback);
  return response.headers.get('location') ?? '';
}
