import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { busDatabase } from '@/lib/server/db/room-versions';
import { getRoomBus } from '@/lib/server/events/room-bus';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { getRoomWatchers } from '@/lib/server/player/watch/room-watchers';
import { type Attendee, type AttendeeState, readAttendees } from './attendees';
import { holdPresence } from './presence';
import { getSnapshot, reloadSnapshot, type SerialisedSnapshot } from './snapshot-cache';

/** Encoded events, as the stream writes them. */
export interface StreamSink {
  send(bytes: Uint8Array): void;
  end(): void;
  readonly ended: boolean;
}

/** Turns an event into the bytes of the stream; injected, because rooms know nothing of HTTP. */
export type EncodeEvent = (event: {
  readonly event: string;
  readonly id?: number;
  readonly data: string;
}) => Uint8Array;

interface Subscriber {
  readonly id: string;
  readonly attendee: Attendee;
  /** The hash of the cookie that it was opened with, in hexadecimal. */
  readonly cookieHash: string;
  readonly sink: StreamSink;
  /** What it was told last of whoever it belongs to. */
  greeted: string;
  /** The newest version it was sent. */
  version: number;
}

/** Streams that somebody may have open; the oldest gives way (EV4). */
const streamsEach = 3;

/** Between two snapshots of a room, in ms: what changes meanwhile comes together with the second (EV9). */
const spacingMs = 100;

/** How long a broadcast waits after a failed read of the room before it tries again, in ms. */
const retryMs = 1_000;

/** What is still to be read: at least this version, whatever the database has because something may have been missed, or nothing. */
type Wanted = number | 'newest' | null;

type BroadcastState =
  /** Everybody was sent what was heard of. */
  | { readonly kind: 'current' }
  | { readonly kind: 'reading' }
  /** The room could not be read, and everybody was told so; it will be tried again. */
  | { readonly kind: 'degraded'; readonly retry: NodeJS.Timeout };

/**
 * One room's open streams on this instance. A change of the room is read once, serialised once, and sent to all (EV1).
 * Versions only grow: a subscriber never gets an older one than it had.
 */
export class RoomBroadcast {
  readonly #roomId: string;
  readonly #encode: EncodeEvent;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #unsubscribe: () => void;
  readonly #onEmpty: () => void;
  #wanted: Wanted = null;
  #state: BroadcastState = { kind: 'current' };
  #peopleVersion = 0;
  /** When the last snapshot was begun, in ms since the epoch. */
  #publishedAt = 0;

  constructor(roomId: string, encode: EncodeEvent, onEmpty: () => void) {
    this.#roomId = roomId;
    this.#encode = encode;
    this.#onEmpty = onEmpty;
    // Subscribed before anything is read: a change in between is heard (EV3).
    this.#unsubscribe = getRoomBus(busDatabase).subscribe(roomId, (version) => this.#refresh(version));
  }

  get size(): number {
    return this.#subscribers.size;
  }

  /**
   * @param cookieHash of the cookie that let them in, in hexadecimal
   * @param version the room's version then
   */
  add(attendee: Attendee, cookieHash: string, version: number, sink: StreamSink): () => void {
    const own = [...this.#subscribers.values()].filter((subscriber) => subscriber.attendee.id === attendee.id);
    const oldest = own[0];
    if (oldest && own.length >= streamsEach) this.#finish(oldest, 'replaced');
    const subscriber: Subscriber = { id: randomUUID(), attendee, cookieHash, sink, greeted: '', version: 0 };
    this.#subscribers.set(subscriber.id, subscriber);
    // Who waits at the door does not keep the room watched (WT1).
    const releaseWatch = attendee.kind === 'waiting' ? null : getRoomWatchers().acquire(this.#roomId);
    const releasePresence = holdPresence(this.#roomId, attendee, subscriber.id);
    this.#refresh(version);
    return () => {
      releasePresence();
      releaseWatch?.();
      this.#remove(subscriber);
    };
  }

  /** Ends every stream; clients come back by themselves, to this instance or another. */
  close(): void {
    for (const subscriber of [...this.#subscribers.values()]) subscriber.sink.end();
  }

  #remove(subscriber: Subscriber): void {
    if (!this.#subscribers.delete(subscriber.id) || this.#subscribers.size > 0) return;
    this.#unsubscribe();
    if (this.#state.kind === 'degraded') clearTimeout(this.#state.retry);
    this.#onEmpty();
  }

  #finish(subscriber: Subscriber, event: string): void {
    subscriber.sink.send(this.#encode({ event, data: '{}' }));
    subscriber.sink.end();
  }

  /** Something changed, or may have: read the room until what was sent is as new as what was heard of. */
  #refresh(version: number | null): void {
    if (version === null) this.#wanted = 'newest';
    else if (this.#wanted !== 'newest') this.#wanted = Math.max(this.#wanted ?? 0, version);
    if (this.#state.kind !== 'reading') void this.#read();
  }

  async #read(): Promise<void> {
    let degraded = this.#state.kind === 'degraded';
    if (this.#state.kind === 'degraded') clearTimeout(this.#state.retry);
    this.#state = { kind: 'reading' };
    try {
      while (this.#wanted !== null && this.#subscribers.size > 0) {
        const waitMs = this.#publishedAt + spacingMs - Date.now();
        if (waitMs > 0) await delay(waitMs, undefined, { ref: false });
        const wanted = this.#take();
        this.#publishedAt = Date.now();
        if (wanted !== null) await this.#publish(wanted, degraded);
        degraded = false;
      }
      this.#state = { kind: 'current' };
    } catch (error) {
      logWorkFailure('broadcast', error);
      // Said once until the room can be read again (EV6).
      if (!degraded) this.#sendAll(this.#encode({ event: 'degraded', data: '{}' }));
      this.#wanted = 'newest';
      this.#state = { kind: 'degraded', retry: setTimeout(() => void this.#read(), retryMs).unref() };
    }
  }

  #take(): Wanted {
    const wanted = this.#wanted;
    this.#wanted = null;
    return wanted;
  }

  #sendAll(event: Uint8Array): void {
    for (const { sink, attendee } of [...this.#subscribers.values()]) if (attendee.kind !== 'waiting') sink.send(event);
  }

  /** @param degraded whether everybody was told that what they see may be old: now they are told that it is not, changed or unchanged */
  async #publish(wanted: number | 'newest', degraded: boolean): Promise<void> {
    const snapshot = await (wanted === 'newest' ? reloadSnapshot(this.#roomId) : getSnapshot(this.#roomId, wanted));
    if (snapshot === null || snapshot.ended) {
      for (const subscriber of [...this.#subscribers.values()]) this.#finish(subscriber, 'ended');
      return;
    }
    const people = await this.#readChanged(snapshot.peopleVersion);
    const event = this.#encode({ event: 'snapshot', id: snapshot.snapshot.version, data: snapshot.text });
    if (degraded) for (const subscriber of this.#subscribers.values()) subscriber.version = 0;
    for (const subscriber of [...this.#subscribers.values()])
      this.#deliver(subscriber, people.get(subscriber.attendee.id), snapshot, event);
  }

  /** Those of whom something may have changed since they were told last: all, or only who just came. */
  async #readChanged(peopleVersion: number): Promise<ReadonlyMap<string, AttendeeState>> {
    const changed = this.#peopleVersion !== peopleVersion;
    const subscribers = [...this.#subscribers.values()].filter((subscriber) => changed || subscriber.greeted === '');
    const people = await readAttendees(
      this.#roomId,
      subscribers.map(({ attendee }) => attendee),
    );
    this.#peopleVersion = peopleVersion;
    return people;
  }

  #deliver(
    subscriber: Subscriber,
    state: AttendeeState | undefined,
    { snapshot }: SerialisedSnapshot,
    event: Uint8Array,
  ): void {
    if (state?.kind === 'gone')
      return state.event === null ? subscriber.sink.end() : this.#finish(subscriber, state.event);
    // Without a last event: a browser that has the new cookie comes back by itself (EV7).
    if (state !== undefined && state.cookieHash !== subscriber.cookieHash) return subscriber.sink.end();
    if (state !== undefined && subscriber.greeted !== state.greeting.mark) {
      subscriber.greeted = state.greeting.mark;
      subscriber.sink.send(this.#encode({ event: state.greeting.event, data: state.greeting.data() }));
    }
    // Nothing of the room is for who waits at its door. Who came while the people were read is greeted first, with the next read.
    if (subscriber.attendee.kind === 'waiting' || subscriber.greeted === '') return;
    if (subscriber.version >= snapshot.version) return;
    subscriber.version = snapshot.version;
    subscriber.sink.send(event);
  }
}
