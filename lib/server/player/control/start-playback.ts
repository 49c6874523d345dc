import 'server-only';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { writeExpectation, writeProblem } from '@/lib/server/db/player-state';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import { SpotifyError } from '@/lib/server/spotify/errors';
import type { PlayerRoom } from './commands';
import { type Delivery, type SubmitOutcome, submitSong } from './submit-song';
import { type Fence, loadPlayerState, lockPlayerState } from '@/lib/server/player/state/store';

/** Refusals of a device that is gone: for people it is the same as none. */
const deviceGone: ReadonlySet<SpotifyError['kind']> = new Set(['device_not_found', 'not_found', 'restricted']);

/**
 * Starts something where nothing plays: on the active device, else once more on the one that last played (CM2).
 *
 * @throws {SpotifyError}
 */
async function startOnDevice(
  room: PlayerRoom,
  play: (spotify: SpotifyClient, deviceId?: string) => Promise<void>,
): Promise<void> {
  try {
    await withSpotify(room.hostSessionId, (spotify) => play(spotify));
  } catch (error) {
    if (!(error instanceof SpotifyError && error.kind === 'no_active_device')) throw error;
    const deviceId = (await loadPlayerState(room.roomId))?.deviceId ?? null;
    if (deviceId === null) throw error;
    await withSpotify(room.hostSessionId, (spotify) => play(spotify, deviceId)).catch((second: unknown) => {
      throw second instanceof SpotifyError && deviceGone.has(second.kind) ? error : second;
    });
  }
}

/** What was started has not been seen yet: the next reads confirm it (PB5). */
async function expectPlaying(room: PlayerRoom): Promise<void> {
  await inRoomTransaction(room.roomId, async (tx) => {
    const state = await lockPlayerState(tx, room.roomId, null);
    if (state === null) return;
    await writeExpectation(tx, room.roomId, { at: Date.now(), status: 'playing' });
    if (state.problem !== null)
      await writeProblem(tx, room.roomId, { problem: null, detail: null, untilSeconds: null });
    await bumpRoom(tx, room.roomId);
  });
}

/**
 * Starts the first waiting song, or the one that is wanted, in place of what plays (FD6, FD8). Call it in the room's turn.
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
    send: ({ uri }) => startOnDevice(room, (spotify, deviceId) => spotify.playTrack(uri, deviceId)),
  };
  const outcome = await submitSong(room, fence, delivery, wantedId);
  if (outcome === 'done') await expectPlaying(room);
  return outcome;
}

/**
 * Starts the host's playlist at one of its songs (FD6). Call it in the room's turn.
 *
 * @throws {SpotifyError}
 */
export async function startPlaylist(room: PlayerRoom, contextUri: string, position: number): Promise<void> {
  await startOnDevice(room, (spotify, deviceId) => spotify.playContext(contextUri, position, deviceId));
  await expectPlaying(room);
}
