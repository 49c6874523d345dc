import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/shared/app-error';
import type { DeviceDto } from '@/lib/shared/playback';
import { withSpotify } from '../auth/spotify-access';
import { inRoomTransaction } from '../db/room-transactions';
import { claimSkip } from '../db/skip-intents';
import { command, noteFailure, type PlayerRoom } from '../player/commands';
import type { PlayerCommand } from '../player/promise';
import { type ClaimedPlay, skipClaimed } from '../player/skip';
import { loadPlayerState, lockPlayerState } from '../player/state';
import type { Viewer } from '../session/room-access';
import { toProblem } from '../spotify/problems';
import { requireCanPause } from './policy';

/** Runs what calls Spotify; its refusals become the problems that people are told (CM3). */
export async function tellingProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toProblem(error);
  }
}

function send(room: PlayerRoom, playerCommand: PlayerCommand): Promise<void> {
  return tellingProblems(() => command(room, playerCommand));
}

/** Resumes; success when it plays already (PB7). @throws {AppError} `host_only`, or Spotify's problem */
export function play(viewer: Viewer): Promise<void> {
  requireCanPause(viewer);
  return send(viewer, { kind: 'play' });
}

/** Pauses; success when it is paused already (PB7). @throws {AppError} `host_only`, or Spotify's problem */
export function pause(viewer: Viewer): Promise<void> {
  requireCanPause(viewer);
  return send(viewer, { kind: 'pause' });
}

/** The host's *previous*. @throws {AppError} Spotify's problem */
export function previous(viewer: Viewer): Promise<void> {
  return send(viewer, { kind: 'previous' });
}

/** @throws {AppError} `invalid_request` past the track's end, or Spotify's problem */
export async function seek(viewer: Viewer, positionMs: number): Promise<void> {
  const state = await loadPlayerState(viewer.roomId);
  const durationMs = state?.view?.track?.durationMs;
  // Spotify would take it as "the next song", past every vote.
  if (durationMs !== undefined && positionMs > durationMs) {
    throw new AppError('invalid_request', { errors: [{ path: 'positionMs', message: 'Past the end of the song.' }] });
  }
  return send(viewer, { kind: 'seek', positionMs });
}

/** @param percent 0 to 100. @throws {AppError} Spotify's problem */
export function setVolume(viewer: Viewer, percent: number): Promise<void> {
  return send(viewer, { kind: 'volume', percent });
}

/** The host's devices, asked of Spotify now. Only hosts ever see their ids. @throws {AppError} Spotify's problem */
export function listDevices(viewer: Viewer): Promise<readonly DeviceDto[]> {
  return tellingProblems(async () => {
    try {
      return await withSpotify(viewer.hostSessionId, (spotify) => spotify.getDevices());
    } catch (error) {
      await noteFailure(viewer, error);
      throw error;
    }
  });
}

/** Moves playback to a device, playing or paused as it was. @throws {AppError} Spotify's problem */
export function transfer(viewer: Viewer, deviceId: string): Promise<void> {
  return send(viewer, { kind: 'transfer', deviceId });
}

type NextDecision =
  | { readonly kind: 'plain' }
  | { readonly kind: 'done' }
  | { readonly kind: 'claimed'; readonly play: ClaimedPlay };

/**
 * The host's *next*, by the same way as votes: once per play, however often it is pressed (SV4, SV7).
 *
 * @param playId the play that is meant; without it the one that is on
 * @throws {AppError} `track_changed`, or Spotify's problem
 */
export async function next(viewer: Viewer, playId: string | undefined): Promise<void> {
  const decision = await inRoomTransaction<NextDecision>(viewer.roomId, async (tx) => {
    const state = await lockPlayerState(tx, viewer.roomId, null);
    if (state === null) throw new AppError('room_ended');
    const current = state.view?.track == null ? null : state.playId;
    if (playId !== undefined && playId !== current) throw new AppError('track_changed');
    if (current === null || state.trackUri === null) return { kind: 'plain' };
    const holder = randomUUID();
    if (!(await claimSkip(tx, current, holder, false))) return { kind: 'done' };
    return { kind: 'claimed', play: { playId: current, trackUri: state.trackUri, holder } };
  });
  if (decision.kind === 'plain') await send(viewer, { kind: 'next' });
  if (decision.kind === 'claimed') await tellingProblems(() => skipClaimed(viewer, decision.play));
}
