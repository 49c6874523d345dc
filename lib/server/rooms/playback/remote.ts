import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { DeviceDto } from '@/lib/shared/contract/playback';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { approveSongs, findOrderContext, setPins } from '@/lib/server/db/queue';
import { commandPlayer } from '@/lib/server/player/control/commands';
import { recordFailure } from '@/lib/server/player/control/outcome';
import type { PlayerCommand } from '@/lib/server/player/state/expectation';
import { playNow } from '@/lib/server/player/control/play-now';
import { carryOutSkip, type ClaimedPlay, claimSkip } from '@/lib/server/player/control/skip';
import { resumeOrStart } from '@/lib/server/player/control/start-playback';
import { type PlayerRoom } from '@/lib/server/player/state/player-state';
import { isSilent } from '@/lib/server/player/state/player-view';
import { changePlayer, loadPlayerState } from '@/lib/server/player/state/store';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import type { Viewer } from '@/lib/server/session/room-access';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import type { Right } from '@/lib/shared/rules/rights';
import { toAsker } from './asker';
import { changeRoom, requireSong } from '@/lib/server/rooms/change-room';

/** Runs a command of a room's player, and keeps the room watched for a moment, so that what comes of it is seen (WT5). */
export async function runCommand(room: PlayerRoom, work: () => Promise<void>): Promise<void> {
  try {
    await withSpotifyProblems(work);
  } finally {
    keepWatched(room.roomId);
  }
}

function send(viewer: Viewer, right: Right, playerCommand: PlayerCommand): Promise<void> {
  return runCommand(viewer, () => commandPlayer(viewer, toAsker(viewer, right), playerCommand));
}

function start(viewer: Viewer, right: Right): Promise<void> {
  return runCommand(viewer, () => resumeOrStart(viewer, toAsker(viewer, right)));
}

/** Resumes, and in silence starts the first waiting song; success when it plays already (PB7, FD8). @throws {AppError} `host_only`, or Spotify's problem */
export function play(viewer: Viewer): Promise<void> {
  return start(viewer, 'pause');
}

/** Pauses; success when it is paused already (PB7). @throws {AppError} `host_only`, or Spotify's problem */
export function pause(viewer: Viewer): Promise<void> {
  return send(viewer, 'pause', { kind: 'pause' });
}

/** The host's *previous*. @throws {AppError} Spotify's problem */
export function previous(viewer: Viewer): Promise<void> {
  return send(viewer, 'control', { kind: 'previous' });
}

/** @throws {AppError} `invalid_request` past the track's end, or Spotify's problem */
export async function seek(viewer: Viewer, positionMs: number): Promise<void> {
  const state = await loadPlayerState(viewer.roomId);
  const durationMs = state?.view.track?.durationMs;
  // Spotify would take it as "the next song", past every vote.
  if (durationMs !== undefined && positionMs > durationMs) {
    throw new AppError('invalid_request', { errors: [{ path: 'positionMs', message: 'Past the end of the song.' }] });
  }
  return send(viewer, 'control', { kind: 'seek', positionMs });
}

/** @param percent 0 to 100. @throws {AppError} Spotify's problem */
export function setVolume(viewer: Viewer, percent: number): Promise<void> {
  return send(viewer, 'control', { kind: 'volume', percent });
}

/** The host's devices, asked of Spotify now. Only hosts ever see their ids. @throws {AppError} Spotify's problem */
export function listDevices(viewer: Viewer): Promise<readonly DeviceDto[]> {
  return withSpotifyProblems(async () => {
    try {
      return await withSpotify(viewer.hostSessionId, (spotify) => spotify.getDevices());
    } catch (error) {
      await recordFailure(viewer, error);
      throw error;
    }
  });
}

/** Moves playback to a device, playing or paused as it was. @throws {AppError} Spotify's problem */
export function transfer(viewer: Viewer, deviceId: string): Promise<void> {
  return send(viewer, 'choose_device', { kind: 'transfer', deviceId });
}

type NextDecision =
  | { readonly kind: 'silent' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'done' }
  | { readonly kind: 'claimed'; readonly play: ClaimedPlay };

/** Claims the skip of the play that is meant, if there is something to skip (SV7). */
async function decideNext(viewer: Viewer, playId: string | undefined): Promise<NextDecision> {
  const decision = await changePlayer<NextDecision>(viewer.roomId, null, async (tx, state) => {
    const current = state.view.track === null ? null : state.playId;
    if (playId !== undefined && playId !== current) throw new AppError('track_changed');
    if (state.songsWait && isSilent(state.view)) return { kind: 'silent' };
    if (current === null) return { kind: 'plain' };
    const claimed = await claimSkip(tx, state, 'next');
    return claimed === null ? { kind: 'done' } : { kind: 'claimed', play: claimed };
  });
  if (decision === null) throw new AppError('room_ended');
  return decision;
}

/**
 * The host's *next*, by the same way as votes: once per play, however often it is pressed (SV4, SV7). With songs waiting the first one
 * plays, also in silence (FD8).
 *
 * @param playId the play that is meant; without it the one that is on
 * @throws {AppError} `track_changed`, or Spotify's problem
 */
export async function next(viewer: Viewer, playId: string | undefined): Promise<void> {
  const decision = await decideNext(viewer, playId);
  if (decision.kind === 'silent') await start(viewer, 'control');
  if (decision.kind === 'plain') await send(viewer, 'control', { kind: 'next' });
  if (decision.kind === 'claimed') {
    await runCommand(viewer, () => carryOutSkip(viewer, toAsker(viewer, 'control'), decision.play));
  }
}

/**
 * Plays a waiting song now (FD8); one that waits for approval has it by that.
 *
 * @throws {AppError} `item_not_found`, or Spotify's problem
 */
export async function playSong(viewer: Viewer, id: string): Promise<void> {
  await changeRoom(viewer, { right: 'arrange' }, async ({ tx, room, unchanged }) => {
    const song = await requireSong(tx, room.id, id);
    if (song.state === 'next') return unchanged();
    await approveSongs(tx, { roomId: room.id, id });
    // The host puts it first: it is no turn, and no other round begins with it (OR3).
    const { queueBegun } = await findOrderContext(tx, room.id);
    await setPins(tx, new Map([[id, queueBegun]]));
  });
  await runCommand(viewer, () => playNow(viewer, toAsker(viewer, 'arrange'), id));
}
