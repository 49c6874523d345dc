import 'server-only';
import { LRUCache } from 'lru-cache';
import { AppError } from '@/lib/server/runtime/app-error';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';
import { SpotifyError } from '@/lib/server/spotify/errors';

/** So many commands that Spotify failed within so many ms, with none in between that it answered, and it is left alone. */
const failuresToOpen = 5;
const withinMs = 30_000;

/** How long it is left alone before the next command tries it again, in ms. */
const openMs = 10_000;

/**
 * Whether commands are worth sending while Spotify does not answer (CM6). A pure state: the time is an argument, in ms since the epoch.
 */
export class CommandCircuit {
  #failedAt: readonly number[] = [];
  #openUntil = -Infinity;
  /** It was open, and nothing has been heard of Spotify since: the next failure is enough. */
  #isOnTrial = false;

  /** How long commands are still refused, in ms; 0 when one may be sent. */
  refusedForMs(now: number): number {
    return Math.max(0, this.#openUntil - now);
  }

  /** A command failed, and not by a refusal. @returns whether commands are refused because of it from now on */
  fail(now: number): boolean {
    this.#failedAt = [...this.#failedAt.filter((at) => at > now - withinMs), now];
    // One that was on its way before says nothing new.
    if (this.refusedForMs(now) > 0) return false;
    if (!this.#isOnTrial && this.#failedAt.length < failuresToOpen) return false;
    this.#openUntil = now + openMs;
    this.#isOnTrial = true;
    return true;
  }
}

/** Rooms whose last command failed. What is known of the one that failed longest ago is forgotten first. */
const circuits = () => perProcess('command-circuits', () => new LRUCache<string, CommandCircuit>({ max: 1_000 }));

/**
 * Refuses a command while Spotify was found not to answer this room's, so that nobody waits for what will fail (CM6). Counted per room and
 * by this instance alone: another one finds out by itself, and nobody has to ask the database before each press.
 *
 * @throws {AppError} `spotify_unavailable`, with when it is worth trying again
 */
export function requireClosedCircuit(roomId: string): void {
  const ms = circuits().get(roomId)?.refusedForMs(Date.now()) ?? 0;
  if (ms === 0) return;
  const retryAfterSeconds = Math.ceil(ms / 1_000);
  throw new AppError('spotify_unavailable', { retryAfterSeconds, note: 'Commands are held back.' });
}

/** Spotify carried out something of this room, or refused it: it answers. */
export function noteAnswer(roomId: string): void {
  circuits().delete(roomId);
}

/** A command of this room failed: a refusal is an answer (CM3), silence and a failing Spotify count (CM6), anything else says nothing of it. */
export function noteFailure(roomId: string, error: unknown): void {
  if (!(error instanceof SpotifyError)) return;
  if (!error.outcomeUnknown) {
    // Without a status nothing was asked: our own gate refused it, or there is no login.
    if (error.status !== null) noteAnswer(roomId);
    return;
  }
  const circuit = circuits().get(roomId) ?? new CommandCircuit();
  circuits().set(roomId, circuit);
  if (circuit.fail(Date.now())) log.info('spotify.commands_held_back', { seconds: openMs / 1_000 });
}
