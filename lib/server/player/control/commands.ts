import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { metrics } from '@/lib/server/runtime/metrics';
import { traced } from '@/lib/server/runtime/traced';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import { failedWith, outcomeOf } from '@/lib/server/spotify/errors';
import { isBinding, type PlayerCommand, predictEffect } from '@/lib/server/player/state/expectation';
import { applyObservation, loadPlayerState } from '@/lib/server/player/state/store';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';
import { noteAnswer } from './command-circuit';
import type { Asker } from './command-line';
import { withCommandLock } from './command-lock';
import { asNoDevice, withLastDevice } from './last-device';
import { recordEffect, recordFailure } from './outcome';

function call(spotify: SpotifyClient, command: PlayerCommand, deviceId?: string): Promise<void> {
  switch (command.kind) {
    case 'play':
      return spotify.play(deviceId);
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

async function send({ hostSessionId }: PlayerRoom, command: PlayerCommand, deviceId?: string): Promise<void> {
  // Aimed at an inactive device all but play are refused: playback moves there first.
  if (deviceId !== undefined && command.kind !== 'play') {
    await withSpotify(hostSessionId, (spotify) => spotify.transfer(deviceId, true));
  }
  await withSpotify(hostSessionId, (spotify) => call(spotify, command, deviceId));
}

/** When the player is read after a refusal, in ms: it may still show what was before. */
const readAgainMs = [0, 600, 900];

/**
 * Play while playing and pause while paused are refused like much else. An accepted command that still counts, or the player
 * itself, says that it was that (PB7).
 */
async function wasAlreadySo(room: PlayerRoom, wanted: 'playing' | 'paused'): Promise<boolean> {
  const state = await loadPlayerState(room.roomId);
  const { expectation } = state ?? {};
  if (expectation?.status === wanted && isBinding(expectation, Date.now())) return true;
  for (const pauseMs of readAgainMs) {
    await delay(pauseMs);
    const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
    if (seen !== null) await applyObservation(room.roomId, null, seen);
    if (seen?.status === wanted) return true;
  }
  return false;
}

/** The state that a command asks for; null for commands that are no state. */
function wantedStatus({ kind }: PlayerCommand): 'playing' | 'paused' | null {
  if (kind === 'play') return 'playing';
  return kind === 'pause' ? 'paused' : null;
}

/**
 * Sends a command, and shows what comes of it. Never repeated after an unknown outcome. Call it under the command lock.
 *
 * @throws {SpotifyError}
 */
export async function sendCommand(room: PlayerRoom, command: PlayerCommand): Promise<void> {
  const count = (outcome: string): void => metrics().commands.inc({ command: command.kind, outcome });
  try {
    await traced('player command', { 'roomtone.command': command.kind }, () =>
      wakesDevice.has(command.kind)
        ? withLastDevice(room, (deviceId) => send(room, command, deviceId))
        : send(room, command),
    );
    count('ok');
    noteAnswer(room.roomId);
  } catch (error) {
    count(outcomeOf(error));
    const wanted = wantedStatus(command);
    if (wanted !== null && failedWith(error, 'restricted') && (await wasAlreadySo(room, wanted))) return;
    const failure = wakesDevice.has(command.kind) ? asNoDevice(error) : error;
    await recordFailure(room, failure);
    throw failure;
  }
  const at = Date.now();
  await recordEffect(room, (known) => predictEffect(command, known, at));
}

/**
 * Sends a command to the room's player, one at a time (CM1).
 *
 * @throws {SpotifyError} as Spotify refused it
 */
export function commandPlayer(room: PlayerRoom, by: Asker, command: PlayerCommand): Promise<void> {
  return withCommandLock(room.roomId, { ...by, kind: command.kind }, () => sendCommand(room, command));
}
