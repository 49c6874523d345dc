import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { findMembersById, type PresentMember } from '@/lib/server/db/members';
import { busDatabase } from '@/lib/server/db/room-versions';
import { getRoomBus } from '@/lib/server/events/room-bus';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { getRoomWatchers } from '@/lib/server/player/watch/room-watchers';
import { holdPresence } from './presence';
import { getSnapshot, reloadSnapshot, type SerialisedSnapshot } from './snapshot-cache';
import { toYou } from './room-view';

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
  readonly memberId: string;
  /** The hash of the cookie that it was opened with, in hexadecimal. */
  readonly cookieHash: string;
  readonly sink: StreamSink;
  /** The `you` it was sent last, without its time. */
  you: string;
  /** The newest version it was sent. */
  version: number;
}

/** Streams a member may have open; the oldest gives way (EV4). */
const streamsPerMember = 3;

/** Between two snapshots of a room, in ms: what changes meanwhile comes together with the second (EV9). */
const spacingMs = 100;

/** How long a broadcast waits after a failed read of the room before it tries again, in ms. */
const retryMs = 1_000;

function personal(member: PresentMember): string {
  return `${member.role} ${member.coHost} ${member.name}`;
}

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
   * @param cookieHash of the cookie that let the member in, in hexadecimal
   * @param version the room's version then
   */
  add(memberId: string, cookieHash: string, version: number, sink: StreamSink): () => void {
    const own = [...this.#subscribers.values()].filter((subscriber) => subscriber.memberId === memberId);
    const oldest = own[0];
    if (oldest && own.length >= streamsPerMember) this.#finish(oldest, 'replaced');
    const subscriber: Subscriber = { id: randomUUID(), memberId, cookieHash, sink, you: '', version: 0 };
    this.#subscribers.set(subscriber.id, subscriber);
    const releaseWatch = getRoomWatchers().acquire(this.#roomId);
    const releasePresence = holdPresence(this.#roomId, memberId, subscriber.id);
    this.#refresh(version);
    return () => {
      releasePresence();
      releaseWatch();
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
      log.warn('broadcast.read_failed', describeError(error));
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
    for (const { sink } of [...this.#subscribers.values()]) sink.send(event);
  }

  /** @param degraded whether everybody was told that what they see may be old: now they are told that it is not, changed or unchanged */
  async #publish(wanted: number | 'newest', degraded: boolean): Promise<void> {
    const snapshot = await (wanted === 'newest' ? reloadSnapshot(this.#roomId) : getSnapshot(this.#roomId, wanted));
    if (snapshot === null || snapshot.ended) {
      for (const subscriber of [...this.#subscribers.values()]) this.#finish(subscriber, 'ended');
      return;
    }
    const people = await this.#findChangedPeople(snapshot.peopleVersion);
    const event = this.#encode({ event: 'snapshot', id: snapshot.snapshot.version, data: snapshot.text });
    if (degraded) for (const subscriber of this.#subscribers.values()) subscriber.version = 0;
    for (const subscriber of [...this.#subscribers.values()])
      this.#deliver(subscriber, people.get(subscriber.memberId), snapshot, event);
  }

  /** The members whose name, role or room may have changed since their last `you`: all, or only those who just came. */
  async #findChangedPeople(peopleVersion: number): Promise<ReadonlyMap<string, PresentMember>> {
    const changed = this.#peopleVersion !== peopleVersion;
    const subscribers = [...this.#subscribers.values()].filter((subscriber) => changed || subscriber.you === '');
    const members =
      subscribers.length === 0 ? [] : await findMembersById([...new Set(subscribers.map(({ memberId }) => memberId))]);
    this.#peopleVersion = peopleVersion;
    return new Map(members.map((member) => [member.id, member]));
  }

  #deliver(
    subscriber: Subscriber,
    member: PresentMember | undefined,
    { snapshot }: SerialisedSnapshot,
    event: Uint8Array,
  ): void {
    if (member?.removed === true) return this.#finish(subscriber, 'removed');
    if (member?.inRoom === false) return this.#finish(subscriber, 'left');
    // Without a last event: a browser that has the new cookie comes back by itself (EV7).
    if (member !== undefined && member.cookieHash !== subscriber.cookieHash) return subscriber.sink.end();
    if (member !== undefined && subscriber.you !== personal(member)) {
      subscriber.you = personal(member);
      const data = JSON.stringify(
        toYou({ memberId: member.id, memberName: member.name, role: member.role, coHost: member.coHost }),
      );
      subscriber.sink.send(this.#encode({ event: 'you', data }));
    }
    // Who came while the people were read gets `you` first, with the next read.
    if (subscriber.you === '' || subscriber.version >= snapshot.version) return;
    subscriber.version = snapshot.version;
    subscriber.sink.send(event);
  }
}
