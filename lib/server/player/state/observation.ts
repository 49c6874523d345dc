import 'server-only';
import { isSameRecording } from '@/lib/shared/rules/song-identity';
import type { PlaybackAbilities, PlaybackDevice, Track } from '@/lib/shared/contract/snapshot';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { type Expectation, isBinding, isConfirmed } from './expectation';
import { sliderMs } from './lead';
import { type PlayerView, positionAt, predictedEnd } from './player-view';
import { timings } from './timings';

export interface KnownState {
  readonly view: PlayerView;
  /** The track of the play that is on, also through a silence; null when there is none. */
  readonly playTrackUri: string | null;
  /** Spotify accepted a skip of that play. */
  readonly skipped: boolean;
  readonly expectation: Expectation | null;
  /** The song that was started and has not been seen playing; null when there is none. */
  readonly started: Track | null;
  /** How near its end a song may give way by itself, in ms (FD12). */
  readonly leadMs: number;
}

export interface Observation {
  readonly view: PlayerView;
  readonly expectation: Expectation | null;
  /** A person would see the difference: write and announce it (PB1). */
  readonly changed: boolean;
  /** What happened to the play: it goes on, another one begins, or none is on. */
  readonly play: 'same' | 'new' | 'none';
}

/** Whether the song that was on has ended by now, if it played on. */
function hasEnded(known: PlayerView, atMs: number): boolean {
  return (predictedEnd(known) ?? Infinity) <= atMs + timings.positionToleranceMs;
}

/** How near its start a song stands that nobody has paused, in ms: a hand is not as quick, and leaves it where it was. */
const untouchedMs = 100;

/** Whether much of the song was to come, had nobody left it. */
function hasMuchToCome(known: PlayerView, atMs: number): boolean {
  return known.track !== null && positionAt(known, atMs) < known.track.durationMs - sliderMs;
}

/** Whether a player that played stands at the very start of something now: it was to go on, and had nothing to go on with. */
function wasLeft(known: PlayerView, seen: SeenPlayback): boolean {
  return known.status === 'playing' && seen.status === 'paused' && (seen.positionMs ?? Infinity) <= untouchedMs;
}

function toView(seen: SeenPlayback, known: PlayerView): PlayerView {
  const { track } = seen;
  const sameTrack = track !== null && known.track?.uri === track.uri;
  // Spotify leaves the position out for a moment after a skip; a known track runs on meanwhile.
  const measured = seen.positionMs ?? (sameTrack ? positionAt(known, seen.measuredAtMs) : 0);
  const died = seen.status === 'playing' && track !== null && measured > track.durationMs + timings.overrunMs;
  // A read without a device does not take back that a command found none (PB6).
  const stillNoDevice = known.status === 'no_device' && !seen.deviceActive;
  // A player that has nothing more stops at the start of something, or has nothing at all.
  const stands = seen.status === 'nothing' || (seen.status === 'paused' && measured <= timings.positionToleranceMs);
  const left = wasLeft(known, seen);
  return {
    status: stillNoDevice ? 'no_device' : died ? 'paused' : seen.status,
    track,
    positionMs: Math.min(measured, track?.durationMs ?? 0),
    measuredAtMs: seen.measuredAtMs,
    device: seen.device,
    can: seen.can,
    contextUri: seen.contextUri,
    repeatsTrack: seen.repeatsTrack,
    ranOut: died || (stands && (known.ranOut || hasEnded(known, seen.measuredAtMs) || left)),
    deaf: known.deaf,
    wasLeft: stands && sameTrack && (known.wasLeft || (left && hasMuchToCome(known, seen.measuredAtMs))),
  };
}

/** Same track, but from its start again after its end, a skip or a silence (PB2). */
function startedAgain(known: KnownState, view: PlayerView): boolean {
  // What stands at its start because nothing follows has ended; it begins again when it plays again (FD6).
  if (view.positionMs >= timings.replayWindowMs || view.ranOut) return false;
  if (known.view.track === null || known.view.ranOut) return true;
  const expected = positionAt(known.view, view.measuredAtMs);
  const fellBack = view.positionMs < expected - timings.positionToleranceMs;
  const wasNearEnd = expected >= (view.track?.durationMs ?? 0) - known.leadMs;
  return fellBack && (wasNearEnd || known.skipped);
}

function whichPlay(known: KnownState, view: PlayerView): Observation['play'] {
  // A silence keeps the play: what comes back is compared with it (PB2).
  if (view.track === null) return known.playTrackUri === null ? 'none' : 'same';
  if (known.playTrackUri !== view.track.uri) return 'new';
  // Started by us, it is a new play even where the same song stood there before.
  const wasStarted = known.started !== null && isSameRecording(view.track, known.started);
  if (wasStarted && view.status === 'playing' && view.positionMs < timings.replayWindowMs) return 'new';
  return startedAgain(known, view) ? 'new' : 'same';
}

function sameDevice(a: PlaybackDevice | null, b: PlaybackDevice | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.name === b.name &&
    a.type === b.type &&
    a.volumePercent === b.volumePercent &&
    a.supportsVolume === b.supportsVolume
  );
}

function sameAbilities(a: PlaybackAbilities, b: PlaybackAbilities): boolean {
  return (
    a.pause === b.pause && a.resume === b.resume && a.next === b.next && a.previous === b.previous && a.seek === b.seek
  );
}

/** Whether a person looking at both would see a difference (PB1). */
function looksDifferent(a: PlayerView, b: PlayerView): boolean {
  if (a.status !== b.status || a.track?.uri !== b.track?.uri) return true;
  if (a.track?.artworkUrl !== b.track?.artworkUrl || a.track?.name !== b.track?.name) return true;
  if (!sameDevice(a.device, b.device) || !sameAbilities(a.can, b.can) || a.ranOut !== b.ranOut) return true;
  if (a.repeatsTrack !== b.repeatsTrack) return true;
  return Math.abs(positionAt(a, b.measuredAtMs) - b.positionMs) > timings.positionToleranceMs;
}

/**
 * What a read of the player means for the room. A pure function: the same read twice changes nothing the second time.
 */
export function observe(known: KnownState, seen: SeenPlayback): Observation {
  const { expectation } = known;
  const confirmed = expectation === null || isConfirmed(expectation, seen);
  if (!confirmed && isBinding(expectation, seen.measuredAtMs)) {
    // Lag: the player has not shown the command's effect yet (PB5).
    return { view: known.view, expectation, changed: false, play: known.playTrackUri === null ? 'none' : 'same' };
  }
  const view = toView(seen, known.view);
  const play = whichPlay(known, view);
  const changed = play === 'new' || looksDifferent(known.view, view);
  // What nobody would see is not written: positions run on from where they were.
  return { view: changed ? view : known.view, expectation: null, changed, play };
}
