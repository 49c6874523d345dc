import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { writeExpectation, writeProblem, writeView } from '@/lib/server/db/player-state';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { isBinding } from '@/lib/server/player/state/expectation';
import { type PlayerCommand, predictEffect } from '@/lib/server/player/state/command-effect';
import { applyObservation, applyTrouble, loadPlayerState, lockPlayerState } from '@/lib/server/player/state/store';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { playerTimings } from '@/lib/server/player/state/timings';
import { withCommandLock } from './command-lock';

/** The room whose host's player is meant. */
export interface PlayerRoom {
  readonly roomId: string;
  readonly hostSessionId: string;
}

function send(spotify: SpotifyClient, command: PlayerCommand): Promise<void> {
  switch (command.kind) {
    case 'play':
      return spotify.play();
    case 'pause':
      return spotify.pause();
    case 'next':
      return spotify.skipToNext();
    case 'previous':
      return spotify.skipToPrevious();
    case 'seek':
      return spotify.seek(command.positionMs);
    case 'volume':
      return spotify.setVolume(command.percent);
    case 'transfer':
      // `false` keeps playing or paused as it was.
      return spotify.transfer(command.deviceId, false);
  }
}

/** Commands that make sense on a device that has to be woken first; pausing, seeking or turning down a silent one does not. */
const wakesDevice: ReadonlySet<PlayerCommand['kind']> = new Set(['play', 'next', 'previous']);

/** Once more on the device that last played, when no device is active (CM2). */
async function sendToLastDevice(room: PlayerRoom, command: PlayerCommand, deviceId: string): Promise<void> {
  await withSpotify(room.hostSessionId, async (spotify) => {
    if (command.kind === 'play') return spotify.play(deviceId);
    // Aimed at an inactive device these are refused: playback moves there first (spotify-facts 3.5).
    return spotify.transfer(deviceId, true);
  });
  if (command.kind !== 'play') await withSpotify(room.hostSessionId, (spotify) => send(spotify, command));
}

async function sendWithFallback(room: PlayerRoom, command: PlayerCommand, state: PlayerState): Promise<void> {
  try {
    await withSpotify(room.hostSessionId, (spotify) => send(spotify, command));
  } catch (error) {
    const asleep = error instanceof SpotifyError && error.kind === 'no_active_device';
    if (!asleep || state.deviceId === null || !wakesDevice.has(command.kind)) throw error;
    const { deviceId } = state;
    await sendToLastDevice(room, command, deviceId).catch((second: unknown) => {
      // A device that is gone as well: for people it is the same as none.
      const gone =
        second instanceof SpotifyError && ['device_not_found', 'not_found', 'restricted'].includes(second.kind);
      throw gone ? error : second;
    });
  }
}

/** When the player is looked at after a refusal, in ms: it may still show what was before (spotify-facts 3.8). */
const lookAgainMs = [0, 600, 900];

/**
 * Play while playing and pause while paused are refused like much else. An accepted command that still counts, or the player
 * itself, says that it was that (PB7).
 */
async function wasAlreadySo(room: PlayerRoom, wanted: 'playing' | 'paused'): Promise<boolean> {
  const state = await loadPlayerState(room.roomId);
  const { expectation } = state ?? {};
  if (expectation?.status === wanted && isBinding(expectation, Date.now(), playerTimings)) return true;
  for (const pauseMs of lookAgainMs) {
    await delay(pauseMs);
    const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
    if (seen !== null) await applyObservation(room.roomId, null, seen, playerTimings);
    if (seen?.status === wanted) return true;
  }
  return false;
}

/** The state that a command asks for; null for commands that are no state. */
function wantedStatus(playerCommand: PlayerCommand): 'playing' | 'paused' | null {
  if (playerCommand.kind === 'play') return 'playing';
  return playerCommand.kind === 'pause' ? 'paused' : null;
}

/** Shows at once what the command will bring, to be confirmed or corrected by the next reads (PB5). */
async function applyEffect(room: PlayerRoom, command: PlayerCommand, at: number): Promise<void> {
  await inRoomTransaction(room.roomId, async (tx) => {
    const state = await lockPlayerState(tx, room.roomId, null);
    if (state === null) return;
    const { view, expectation } = predictEffect(command, state.view, at);
    if (view === null) await writeExpectation(tx, room.roomId, expectation);
    else await writeView(tx, room.roomId, view, expectation);
    // A command that went through disproves whatever stood in the way before.
    const cured = state.problem !== null;
    if (cured) await writeProblem(tx, room.roomId, { problem: null, detail: null, untilSeconds: null });
    // Announced even when nothing shows yet: the watcher, wherever it is, has something to confirm.
    await bumpRoom(tx, room.roomId);
  });
}

/** Nobody knows whether it happened: the next reads will tell. */
async function expectNews(room: PlayerRoom): Promise<void> {
  await inRoomTransaction(room.roomId, async (tx) => {
    const state = await lockPlayerState(tx, room.roomId, null);
    if (state === null) return;
    await writeExpectation(tx, room.roomId, { at: Date.now() });
    await bumpRoom(tx, room.roomId);
  });
}

async function showNoDevice(room: PlayerRoom): Promise<void> {
  await inRoomTransaction(room.roomId, async (tx) => {
    const state = await lockPlayerState(tx, room.roomId, null);
    if (state?.view == null || state.view.status === 'no_device') return;
    await writeView(tx, room.roomId, { ...state.view, status: 'no_device', measuredAtMs: Date.now() }, null);
    await bumpRoom(tx, room.roomId);
  });
}

/** What the room shows of a command that Spotify did not carry out. */
export async function recordFailure(room: PlayerRoom, error: unknown): Promise<void> {
  if (!(error instanceof SpotifyError)) return;
  if (error.kind === 'no_active_device') return showNoDevice(room);
  if (error.outcomeUnknown) return expectNews(room);
  await applyTrouble(room.roomId, null, error);
}

/**
 * Sends a command whose turn it is. Never repeated after an unknown outcome.
 *
 * @throws {SpotifyError}
 */
export async function sendCommand(room: PlayerRoom, command: PlayerCommand): Promise<void> {
  const state = await loadPlayerState(room.roomId);
  if (state === null) return;
  try {
    await sendWithFallback(room, command, state);
  } catch (error) {
    const refused = error instanceof SpotifyError && error.kind === 'restricted';
    const wanted = wantedStatus(command);
    if (refused && wanted !== null && (await wasAlreadySo(room, wanted))) return;
    await recordFailure(room, error);
    throw error;
  }
  await applyEffect(room, command, Date.now());
}

/**
 * Sends a command to the room's player when its turn has come (CM1).
 *
 * @throws {SpotifyError} as Spotify refused it
 */
export function commandPlayer(room: PlayerRoom, playerCommand: PlayerCommand): Promise<void> {
  return withCommandLock(room.roomId, () => sendCommand(room, playerCommand));
}
