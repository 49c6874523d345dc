import 'server-only';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { type PlayerRoom } from '@/lib/server/player/state/player-state';
import { isSilent } from '@/lib/server/player/state/player-view';
import { type Fence, loadPlayerState } from '@/lib/server/player/state/store';
import type { Asker } from './command-line';
import { withCommandLock } from './command-lock';
import { sendCommand } from './commands';
import { withLastDevice } from './last-device';
import { recordEffect, recordFailure } from './outcome';
import { type Delivery, type SubmitOutcome, submitSong } from './submit-song';

/** What was started has not been seen yet: the next reads confirm it (PB5). */
function expectPlaying(room: PlayerRoom): Promise<void> {
  return recordEffect(room, () => ({ view: null, expectation: { at: Date.now(), status: 'playing' } }));
}

/** A song that plays alone would begin again where the host's playlist was to repeat (FD13). It plays, whatever becomes of this. */
async function playOnce({ hostSessionId }: PlayerRoom): Promise<void> {
  try {
    await withSpotify(hostSessionId, (spotify) => spotify.setRepeat('off'));
  } catch (error) {
    if (!(error instanceof SpotifyError)) throw error;
  }
}

/**
 * Starts the first waiting song, or the one that is wanted, in place of what plays (FD6, FD8). Call it under the command lock.
 *
 * @throws {SpotifyError} when it was refused; the song waits again
 */
export async function startSong(
  room: PlayerRoom,
  fence: Fence | null,
  wantedId: string | null = null,
): Promise<SubmitOutcome> {
  const delivery: Delivery = {
    kind: 'start',
    send: ({ uri }) =>
      withLastDevice(room, (deviceId) =>
        withSpotify(room.hostSessionId, (spotify) => spotify.playTrack(uri, deviceId)),
      ),
  };
  const outcome = await submitSong(room, fence, delivery, wantedId);
  if (outcome === 'done') {
    await expectPlaying(room);
    await playOnce(room);
  }
  return outcome;
}

/**
 * Starts the host's playlist at one of its songs (FD6). Call it under the command lock.
 *
 * @throws {SpotifyError}
 */
export async function startPlaylist(room: PlayerRoom, contextUri: string, position: number): Promise<void> {
  await withLastDevice(room, (deviceId) =>
    withSpotify(room.hostSessionId, (spotify) => spotify.playContext(contextUri, position, deviceId)),
  );
  await expectPlaying(room);
}

/**
 * Starts a waiting song for somebody's command, and shows it when Spotify refuses. Call it under the command lock.
 *
 * @param wantedId a waiting song; null for the first one
 * @throws {SpotifyError} as Spotify refused it
 */
export async function startOnCommand(room: PlayerRoom, wantedId: string | null): Promise<SubmitOutcome> {
  try {
    return await startSong(room, null, wantedId);
  } catch (error) {
    await recordFailure(room, error);
    throw error;
  }
}

/**
 * The remote's *play*: resumes; in silence it starts the first waiting song (FD8).
 *
 * @throws {SpotifyError} as Spotify refused it
 */
export function resumeOrStart(room: PlayerRoom, by: Asker): Promise<void> {
  return withCommandLock(room.roomId, { ...by, kind: 'play' }, async () => {
    const state = await loadPlayerState(room.roomId);
    const songNeeded = state !== null && state.songsWait && isSilent(state.view);
    if (songNeeded && (await startOnCommand(room, null)) !== 'none') return;
    await sendCommand(room, { kind: 'play' });
  });
}
