import 'server-only';
import { noteKnocksSeen } from '@/lib/server/db/knocks';
import { noteAllSeen } from '@/lib/server/db/members';
import { settlePresence } from '@/lib/server/db/presence';
import { noteScreensSeen } from '@/lib/server/db/screens';
import { noteStreams } from '@/lib/server/db/stream-time';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { runsAsFunction } from '@/lib/server/runtime/env';
import type { Attendee } from './attendees';
import { perProcess } from '@/lib/server/runtime/per-process';

/** Between two writes of who came or went, in ms (PR2); on whole seconds, so that instances write together. */
const settleEveryMs = 1_000;

/** Between two notes that everybody with an open stream is still there, in ms. */
const seenEveryMs = 15_000;

/** How long a room is looked after when nobody has a stream here and nobody asks, in ms. */
const attentionMs = 20_000;

/** How often presence is settled for the passing of time alone, in ms. */
const sweepEveryMs = 5_000;

/** Somebody who has streams open here. */
interface Attendance {
  readonly roomId: string;
  readonly attendee: Attendee;
  /** Since when one of them was open, in ms since the epoch. */
  readonly sinceMs: number;
  readonly ids: Set<string>;
  /** The database knows of it. */
  isNoted: boolean;
}

function idsOf(held: readonly Attendance[], kind: Attendee['kind']): readonly string[] {
  return held.filter(({ attendee }) => attendee.kind === kind).map(({ attendee }) => attendee.id);
}

/**
 * Keeps the presence of people in the rooms of this instance true: one batched write for all open streams, and one change
 * of a room a second however many came at once.
 */
class PresenceKeeper {
  readonly #streams = new Map<string, Attendance>();
  readonly #attention = new Map<string, number>();
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #seenAt = 0;
  #sweptAt = 0;
  #settling: Promise<void> | null = null;

  /** Somebody was seen in this room: their presence may have changed. */
  note(roomId: string): void {
    // Without a stream here nothing runs later (WT9); whoever has one settles the room.
    if (runsAsFunction() && this.#streams.size === 0) return;
    this.#attention.set(roomId, Date.now() + attentionMs);
    this.#dirty.add(roomId);
    this.#start();
  }

  /** Somebody has a stream open here until the result is called. */
  hold(roomId: string, attendee: Attendee, streamId: string): () => void {
    const key = `${roomId} ${attendee.id}`;
    const attendance = this.#streams.get(key) ?? {
      roomId,
      attendee,
      sinceMs: Date.now(),
      ids: new Set(),
      isNoted: false,
    };
    attendance.ids.add(streamId);
    this.#streams.set(key, attendance);
    this.note(roomId);
    return () => {
      attendance.ids.delete(streamId);
      if (attendance.ids.size === 0 && this.#streams.get(key) === attendance) this.#streams.delete(key);
      if (this.#streams.size === 0 && runsAsFunction()) this.stop();
    };
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#streams.clear();
    this.#attention.clear();
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await this.#settling;
  }

  #start(): void {
    if (this.#timer !== null) return;
    const untilNext = settleEveryMs - (Date.now() % settleEveryMs);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#tick();
    }, untilNext).unref();
  }

  async #tick(): Promise<void> {
    if (this.#settling !== null) return;
    this.#settling = this.#settle(Date.now())
      .catch((error: unknown) => logWorkFailure('presence', error))
      .finally(() => (this.#settling = null));
    await this.#settling;
    if (this.#streams.size > 0 || this.#attention.size > 0) this.#start();
  }

  async #settle(now: number): Promise<void> {
    for (const [roomId, until] of this.#attention) if (until < now) this.#attention.delete(roomId);
    const held = [...this.#streams.values()];
    const isDue = held.length > 0 && now - this.#seenAt >= seenEveryMs;
    if (isDue) {
      this.#seenAt = now;
      await noteAllSeen(idsOf(held, 'member'));
      await noteKnocksSeen(idsOf(held, 'waiting'));
      await noteScreensSeen(idsOf(held, 'screen'));
    }
    await this.#noteStreams(now, isDue);
    if (now - this.#sweptAt >= sweepEveryMs) {
      this.#sweptAt = now;
      for (const { roomId } of held) this.#dirty.add(roomId);
      for (const roomId of this.#attention.keys()) this.#dirty.add(roomId);
    }
    const rooms = [...this.#dirty];
    this.#dirty.clear();
    await settlePresence(rooms);
  }

  /** Notes who has a stream open: everybody, or those who have just come (SV10). */
  async #noteStreams(now: number, everybody: boolean): Promise<void> {
    const members = [...this.#streams.values()].filter(({ attendee }) => attendee.kind === 'member');
    const open = members.filter(({ isNoted }) => everybody || !isNoted);
    if (open.length === 0) return;
    const noted = await noteStreams(
      open.map(({ attendee: { id: memberId }, sinceMs }) => ({
        memberId,
        seconds: Math.max(0, now - sinceMs) / 1_000,
      })),
    );
    for (const attendance of open) attendance.isNoted = noted.has(attendance.attendee.id);
  }
}

const keeper = (): PresenceKeeper => perProcess('presence', () => new PresenceKeeper());

/** Somebody was seen in this room. */
export function notePresence(roomId: string): void {
  keeper().note(roomId);
}

/** Somebody has a stream open here; call the result when it closes. */
export function holdPresence(roomId: string, attendee: Attendee, streamId: string): () => void {
  return keeper().hold(roomId, attendee, streamId);
}

/** Ends the batched writes; for the end of the process and of tests. */
export function stopPresence(): void {
  keeper().stop();
}

/** Resolves when no batched write goes on (WT9). */
export function presenceSettled(): Promise<void> {
  return keeper().settled();
}
