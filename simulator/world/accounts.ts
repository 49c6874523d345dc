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

/** What a test says to add an account of its own. */
export interface NewAccount {
  readonly key: string;
  readonly displayName: string;
  readonly product?: 'premium' | 'free' | undefined;
  readonly allowListed?: boolean | undefined;
}

/** Makes an account; its ids follow from its key. */
export function createAccount(input: NewAccount): Account {
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
