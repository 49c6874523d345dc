import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { accountInput, createAccount } from './accounts';
import { grantStoreSchema } from './grant-store';
import { playlistsSchema } from '@/simulator/catalogue/playlist';
import { timelineSchema } from '@/simulator/player/timeline';
import type { World } from './world';

const stateSchema = z.object({
  version: z.literal(1),
  accounts: z.array(accountInput),
  grants: grantStoreSchema,
  playlists: playlistsSchema,
  players: z.array(z.tuple([z.string(), timelineSchema]).readonly()).readonly(),
});

/** Writes what a restart needs, atomically: a kill in the middle leaves the old file. */
export function saveState(world: World, path: string): void {
  const state = {
    version: 1,
    accounts: [...world.accounts.values()].map(({ key, displayName, product, allowListed }) => ({
      key,
      displayName,
      product,
      allowListed,
    })),
    grants: world.grants.export(world.clock.now('tokens')),
    playlists: world.playlists.all(),
    players: world.players.export(),
  } satisfies z.input<typeof stateSchema>;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
  renameSync(temporary, path);
}

/** Reads what `saveState` wrote. A missing or unreadable file leaves the initial state. */
export function loadState(world: World, path: string): void {
  const state = stateSchema.safeParse(readJsonFile(path));
  if (!state.success) return;
  const { accounts, grants, playlists, players } = state.data;
  for (const account of accounts) world.accounts.set(account.key, createAccount(account));
  world.grants.import(grants);
  world.playlists.import(playlists);
  world.players.import(players);
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
