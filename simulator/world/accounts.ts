import * as z from 'zod';
import { idFor } from '@/simulator/catalogue/ids';

/** A person with a Spotify account, as the simulator knows one. */
export interface Account {
  /** Short name that tests and the consent form use. */
  readonly key: string;
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string;
  /** Said under the name on the consent page. */
  readonly note: string;
  readonly product: 'premium' | 'free';
  /** Whether the app's owner added this person in the dashboard. */
  readonly allowListed: boolean;
}

/** What makes an account: how a test adds one, and what a state file keeps of each. */
export const accountInput = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  displayName: z.string().min(1).max(80),
  product: z.enum(['premium', 'free']).optional(),
  allowListed: z.boolean().optional(),
});

export type AccountInput = z.infer<typeof accountInput>;

/** Makes an account; its ids follow from its key. */
export function createAccount(input: AccountInput): Account {
  const { key, displayName, product = 'premium', allowListed = true } = input;
  const notes = [product === 'premium' ? 'Premium' : 'Free, so the app may look but not control'];
  if (!allowListed) notes.push('not on the app’s allow list');
  return {
    key,
    id: `simulated${key.replace(/[^a-z0-9]/g, '')}`,
    accountId: idFor(`account ${key}`).slice(0, 10),
    displayName,
    note: notes.join(', '),
    product,
    allowListed,
  };
}

/** The accounts that are always there. */
export const standardAccounts: readonly Account[] = [
  createAccount({ key: 'alex', displayName: 'Alex Example' }),
  createAccount({ key: 'sam', displayName: 'Sam Example' }),
  createAccount({ key: 'robin', displayName: 'Robin Example', allowListed: false }),
  createAccount({ key: 'kim', displayName: 'Kim Example', product: 'free' }),
];
