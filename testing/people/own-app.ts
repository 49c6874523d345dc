import { randomBytes } from 'node:crypto';
import type { Answer, Person } from './person';

/** An app as its owner sees it in their dashboard; see docs/simulator.md. */
interface App {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly owner: string;
  readonly allowList?: readonly string[];
  readonly ownerHasPremium?: boolean;
  readonly refreshMode?: 'omit' | 'rotate';
}

/** Somebody makes a Spotify app in their dashboard, and registers what this person's Roomtone names. @returns its client id */
export async function makeApp(
  control: { putApp(app: App): Promise<void> },
  owner: string,
  person: Person,
  more: Partial<App> = {},
): Promise<string> {
  const clientId = randomBytes(16).toString('hex');
  const { redirectUri } = (await person.get('/api/spotify/app')).body;
  await control.putApp({ clientId, redirectUris: [redirectUri], owner, ...more });
  return clientId;
}

/** Lets this browser's logins go through an app of its own. */
export const chooseApp = (person: Person, clientId: string): Promise<Answer> =>
  person.send('PUT', '/api/spotify/app', { json: { clientId } });
