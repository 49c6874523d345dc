import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import type { Person } from './person';

/**
 * Begins a login.
 *
 * @param right what a feature needs more of the account than a room does
 * @returns the address at Spotify that the browser is sent to
 */
export async function beginLogin(person: Person, returnTo = '/', right?: SpotifyRight): Promise<URL> {
  const query = new URLSearchParams({ returnTo, ...(right === undefined ? {} : { for: right }) });
  const response = await person.fetch('GET', `/api/spotify/authorize?${query}`);
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

/** The whole login at the simulated Spotify. @returns where the browser ends up */
export async function logIn(person: Person, account: string, returnTo = '/', right?: SpotifyRight): Promise<string> {
  const callback = await consent(await beginLogin(person, returnTo, right), account);
  const response = await person.fetch('GET', callback);
  return response.headers.get('location') ?? '';
}
