import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Between two looks of one guest, in ms, as in the tutorial that Roomtone began as. */
const everyMs = 1_000;

/**
 * Guests as in the tutorial: each asks for the current song once a second, and each question is one to Spotify.
 *
 * @param onTrack what a guest sees, with every answer
 * @returns what stops them
 */
export function startTutorialGuests(
  spotify: { readonly url: string; readonly accessToken: string },
  guests: number,
  onTrack: (guest: number, uri: string | null, playing: boolean) => void = () => undefined,
): () => void {
  const stop = new AbortController();
  // Every request under way listens to it.
  setMaxListeners(0, stop.signal);
  const look = async (guest: number): Promise<void> => {
    const response = await fetch(`${spotify.url}/v1/me/player/currently-playing`, {
      headers: { authorization: `Bearer ${spotify.accessToken}` },
      signal: stop.signal,
    });
    const body: { item?: { uri?: string } | null; is_playing?: boolean } | null =
      response.status === 200 ? await response.json() : null;
    onTrack(guest, body?.item?.uri ?? null, body?.is_playing ?? false);
  };
  const run = async (guest: number): Promise<void> => {
    // Guests open their pages at any time within the second.
    for (let wait = Math.random() * everyMs; !stop.signal.aborted; wait = everyMs) {
      await delay(wait, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted) void look(guest).catch(() => undefined);
    }
  };
  for (let guest = 0; guest < guests; guest += 1) void run(guest);
  return () => stop.abort();
}
