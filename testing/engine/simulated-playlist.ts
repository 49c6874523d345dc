import { z } from 'zod';
import type { TestSpotify } from './set-up-simulator';

const made = z.object({ id: z.string() });

/** A playlist in an account's library, as if its owner had made it elsewhere. @returns its id */
export async function makePlaylist(
  { simulator, control }: TestSpotify,
  account: string,
  name: string,
  uris: readonly string[] = [],
): Promise<string> {
  const { accessToken } = await control.login(account, ['playlist-modify-private']);
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const response = await fetch(`${simulator.url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  };
  const { id } = made.parse(await post('/me/playlists', { name, public: false }));
  if (uris.length > 0) await post(`/playlists/${id}/items`, { uris });
  return id;
}
