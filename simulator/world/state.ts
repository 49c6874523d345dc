import * as z from 'zod';
import { accountInput, createAccount } from './accounts';
import { appInput } from './apps';
import { grantStoreSchema } from './grant-store';
import { playlistsSchema } from '@/simulator/catalogue/playlist';
import { timelineSchema } from '@/simulator/player/timeline';
import type { World } from './world';

const stateSchema = z.object({
  version: z.literal(1),
  accounts: z.array(accountInput),
  apps: z.array(appInput).readonly().default([]),
  grants: grantStoreSchema,
  playlists: playlistsSchema,
  players: z.array(z.tuple([z.string(), timelineSchema]).readonly()).readonly(),
});

/** What a world needs to go on elsewhere, as JSON: the same text as long as nothing has changed. Tokens and codes appear only as hashes. */
export function exportState(world: World): string {
  const state = {
    version: 1,
    accounts: [...world.accounts.values()].map(({ key, displayName, product, allowListed }) => ({
      key,
      displayName,
      product,
      allowListed,
    })),
    apps: world.apps.all(),
    grants: world.grants.export(world.clock.now('tokens')),
    playlists: world.playlists.all(),
    players: world.players.export(),
  } satisfies z.input<typeof stateSchema>;
  return JSON.stringify(state);
}

/** Takes over what `exportState` gave. Anything else leaves the world as it is. */
export function importState(world: World, text: string): void {
  const state = stateSchema.safeParse(readJson(text));
  if (!state.success) return;
  const { accounts, apps, grants, playlists, players } = state.data;
  for (const account of accounts) world.accounts.set(account.key, createAccount(account));
  for (const app of apps) world.apps.put(app);
  world.grants.import(grants);
  world.playlists.import(playlists);
  world.players.import(players);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
