import * as z from 'zod';

/** The most people that an app in Spotify's development mode may be used by. */
export const maxAllowed = 5;

/** What makes an app: how a test adds one, and what a state file keeps of each. */
export const appInput = z.strictObject({
  /** As Spotify makes them. */
  clientId: z.string().regex(/^[0-9a-f]{32}$/),
  /** Absent: it is known by PKCE alone. */
  clientSecret: z.string().min(1).optional(),
  redirectUris: z.array(z.string()).readonly(),
  /** The account in whose dashboard it is; it may use the app without being on the list. */
  owner: z.string(),
  ownerHasPremium: z.boolean().optional(),
  /** Who else may use it. */
  allowList: z.array(z.string()).max(maxAllowed).readonly().optional(),
  /** Whether a refresh brings a new refresh token and ends the old, or leaves it out. */
  refreshMode: z.enum(['omit', 'rotate']).optional(),
});

export type AppInput = z.infer<typeof appInput>;

/** An app in somebody's dashboard. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly redirectUris: readonly string[];
  readonly ownerHasPremium: boolean;
  readonly refreshMode: 'omit' | 'rotate';
  /** What its grants are kept under; null for the one that the simulator was started with. */
  readonly key: string | null;
  /** Whether the app's list lets this account use it. */
  admits(account: { readonly key: string; readonly allowListed: boolean }): boolean;
}

function createApp(input: AppInput): App {
  const { clientId, clientSecret = null, redirectUris, owner, allowList = [] } = input;
  const { ownerHasPremium = true, refreshMode = 'rotate' } = input;
  return {
    clientId,
    clientSecret,
    redirectUris,
    ownerHasPremium,
    refreshMode,
    key: clientId,
    admits: ({ key }) => key === owner || allowList.includes(key),
  };
}

/** The apps that a simulator knows: the one that it was started with, whose list are the accounts themselves, and those that tests add. */
export class AppStore {
  readonly #first: () => App;
  #added = new Map<string, AppInput>();

  constructor(first: () => App) {
    this.#first = first;
  }

  /** Adds an app, or changes one. */
  put(input: AppInput): void {
    this.#added.set(input.clientId, input);
  }

  /** What its owner does in the dashboard. Says whether there was one. */
  delete(clientId: string): boolean {
    return this.#added.delete(clientId);
  }

  find(clientId: string): App | undefined {
    const first = this.#first();
    return clientId === first.clientId ? first : this.#findAdded(clientId);
  }

  /** The app of a grant or token; undefined once it was deleted. */
  of(key: string | null): App | undefined {
    return key === null ? this.#first() : this.#findAdded(key);
  }

  /** Those that were added. */
  all(): readonly AppInput[] {
    return [...this.#added.values()];
  }

  clear(): void {
    this.#added.clear();
  }

  #findAdded(clientId: string): App | undefined {
    const input = this.#added.get(clientId);
    return input === undefined ? undefined : createApp(input);
  }
}
