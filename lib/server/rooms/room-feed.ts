import 'server-only';
import { randomUUID } from 'node:crypto';
import { findMembersById, type PresentMember } from '../db/members';
import { busDatabase } from '../db/room-versions';
import { getRoomBus } from '../events/room-bus';
import { errorKind, log } from '../log';
import { perProcess } from '../per-process';
import { getRoomWatches } from '../player/watches';
import { holdPresence } from './presence';
import { getSnapshot, reloadSnapshot, type SerialisedSnapshot } from './snapshot-cache';
import { toYou } from './viewer-view';

/** Encoded events, as the stream writes them. */
export interface FeedSink {
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

interface Reader {
  readonly id: string;
  readonly memberId: string;
  readonly sink: FeedSink;
  /** The `you` it was sent last, without its time. */
  you: string;
  /** The newest version it was sent. */
  version: number;
}

/** Streams a member may have open; the oldest gives way (EV4). */
const streamsPerMember = 3;

/** Streams a room and an instance take. */
const streamsPerRoom = 1_500;
const streamsPerInstance = 5_000;

/** A member who was let in, and the version the room had then. */
export interface FeedRoom {
  readonly roomId: string;
  readonly memberId: string;
  readonly version: number;
}

/** How long a feed waits after a failed read of the room before it tries again, in ms. */
const retryMs = 1_000;

function personal(member: PresentMember): string {
  return `${member.role} ${member.coHost} ${member.name}`;
}

/**
 * One room's open streams on this instance. A change of the room is read once, serialised once, and sent to all (EV1).
 * Versions only grow: a reader never gets an older one than it had.
 */
class RoomFeed {
  readonly #roomId: string;
  readonly #encode: EncodeEvent;
  readonly #readers = new Map<string, Reader>();
  readonly #unsubscribe: () => void;
  readonly #onEmpty: () => void;
  /** The newest version heard of, and whether something may have been missed. */
  #wanted = 0;
  #missed = false;
  #peopleVersion = 0;
  #refreshing = false;
  #lookAgain = false;
  /** The room could not be read, and everybody was told so. */
  #degraded = false;
  #retry: NodeJS.Timeout | null = null;

  constructor(roomId: string, encode: EncodeEvent, onEmpty: () => void) {
    this.#roomId = roomId;
    this.#encode = encode;
    this.#onEmpty = onEmpty;
    // Subscribed before anything is read: a change in between is heard (EV3).
    this.#unsubscribe = getRoomBus(busDatabase).subscribe(roomId, (version) => this.#look(version));
  }

  get size(): number {
    return this.#readers.size;
  }

  /** @param version the room's version when the member was let in */
  add(memberId: string, version: number, sink: FeedSink): () => void {
    const own = [...this.#readers.values()].filter((reader) => reader.memberId === memberId);
    const oldest = own[0];
    if (oldest && own.length >= streamsPerMember) this.#finish(oldest, 'replaced');
    const reader: Reader = { id: randomUUID(), memberId, sink, you: '', version: 0 };
    this.#readers.set(reader.id, reader);
    const releaseWatch = getRoomWatches().hold(this.#roomId);
    const releasePresence = holdPresence(this.#roomId, memberId, reader.id);
    this.#look(version);
    return () => {
      releasePresence();
      releaseWatch();
      this.#remove(reader);
    };
  }

  /** Ends every stream; clients come back by themselves, to this instance or another. */
  close(): void {
    for (const reader of [...this.#readers.values()]) reader.sink.end();
  }

  #remove(reader: Reader): void {
    if (!this.#readers.delete(reader.id) || this.#readers.size > 0) return;
    this.#unsubscribe();
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#onEmpty();
  }

  #finish(reader: Reader, event: string): void {
    reader.sink.send(this.#encode({ event, data: '{}' }));
    reader.sink.end();
  }

  /** Something changed, or may have: read the room until what was sent is as new as what was heard of. */
  #look(version: number | null): void {
    if (version === null) this.#missed = true;
    else this.#wanted = Math.max(this.#wanted, version);
    this.#lookAgain = true;
    if (!this.#refreshing) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.#refreshing = true;
    try {
      do {
        this.#lookAgain = false;
        await this.#publish();
      } while (this.#lookAgain && this.#readers.size > 0);
    } catch (error) {
      log.warn('feed.read_failed', { error: errorKind(error) });
      this.#degrade();
      this.#retry ??= setTimeout(() => {
        this.#retry = null;
        this.#look(null);
      }, retryMs).unref();
    } finally {
      this.#refreshing = false;
    }
  }

  /** Tells everybody that what they see may be old by now, once until it can be read again (EV6). */
  #degrade(): void {
    if (this.#degraded) return;
    this.#degraded = true;
    const event = this.#encode({ event: 'degraded', data: '{}' });
    for (const { sink } of [...this.#readers.values()]) sink.send(event);
  }

  async #publish(): Promise<void> {
    const missed = this.#missed;
    this.#missed = false;
    const snapshot = missed ? await reloadSnapshot(this.#roomId) : await getSnapshot(this.#roomId, this.#wanted);
    if (snapshot === null || snapshot.ended) {
      for (const reader of [...this.#readers.values()]) this.#finish(reader, 'ended');
      return;
    }
    const people = await this.#lookAtPeople(snapshot.peopleVersion);
    const event = this.#encode({ event: 'snapshot', id: snapshot.snapshot.version, data: snapshot.text });
    // Whoever was told that it may be old is told that it is not, changed or unchanged.
    if (this.#degraded) for (const reader of this.#readers.values()) reader.version = 0;
    this.#degraded = false;
    for (const reader of [...this.#readers.values()]) this.#tell(reader, people.get(reader.memberId), snapshot, event);
  }

  /** The members whose name, role or place may have changed since they were last told: all, or only those who just came. */
  async #lookAtPeople(peopleVersion: number): Promise<ReadonlyMap<string, PresentMember>> {
    const changed = this.#peopleVersion !== peopleVersion;
    const readers = [...this.#readers.values()].filter((reader) => changed || reader.you === '');
    const members =
      readers.length === 0 ? [] : await findMembersById([...new Set(readers.map(({ memberId }) => memberId))]);
    this.#peopleVersion = peopleVersion;
    return new Map(members.map((member) => [member.id, member]));
  }

  #tell(reader: Reader, member: PresentMember | undefined, { snapshot }: SerialisedSnapshot, event: Uint8Array): void {
    if (member?.removed === true) return this.#finish(reader, 'removed');
    if (member?.inRoom === false) return this.#finish(reader, 'left');
    if (member !== undefined && reader.you !== personal(member)) {
      reader.you = personal(member);
      const data = JSON.stringify(
        toYou({ memberId: member.id, memberName: member.name, role: member.role, coHost: member.coHost }),
      );
      reader.sink.send(this.#encode({ event: 'you', data }));
    }
    // Somebody who came while the people were read is told who they are first, with the next look.
    if (reader.you === '' || reader.version >= snapshot.version) return;
    reader.version = snapshot.version;
    reader.sink.send(event);
  }
}

/** This instance is about to end, or it or the room has as many streams as it takes. */
export type StreamRefusal = 'ending' | 'full';

/** All feeds of this instance, and the door through which streams enter. */
class RoomFeeds {
  readonly #feeds = new Map<string, RoomFeed>();
  #streams = 0;
  #closed = false;

  open(room: FeedRoom, sink: FeedSink, encode: EncodeEvent): () => void {
    const feed = this.#feeds.get(room.roomId) ?? this.#create(room.roomId, encode);
    if (this.#closed || this.#streams >= streamsPerInstance || feed.size >= streamsPerRoom) {
      sink.end();
      return () => undefined;
    }
    this.#streams += 1;
    const remove = feed.add(room.memberId, room.version, sink);
    return () => {
      this.#streams -= 1;
      remove();
    };
  }

  /** What keeps another stream out, if anything does. */
  refusal(roomId: string): StreamRefusal | null {
    if (this.#closed) return 'ending';
    const inRoom = this.#feeds.get(roomId)?.size ?? 0;
    return this.#streams < streamsPerInstance && inRoom < streamsPerRoom ? null : 'full';
  }

  close(): void {
    this.#closed = true;
    for (const feed of [...this.#feeds.values()]) feed.close();
  }

  #create(roomId: string, encode: EncodeEvent): RoomFeed {
    const feed = new RoomFeed(roomId, encode, () => {
      if (this.#feeds.get(roomId) === feed) this.#feeds.delete(roomId);
    });
    this.#feeds.set(roomId, feed);
    return feed;
  }
}

const feeds = (): RoomFeeds => perProcess('room-feeds', () => new RoomFeeds());

/**
 * Lets a member's stream into the room's feed: `you` and a snapshot at once, and everything that changes from here on.
 *
 * @returns what to call when the stream has ended; once
 */
export function openFeed(room: FeedRoom, sink: FeedSink, encode: EncodeEvent): () => void {
  return feeds().open(room, sink, encode);
}

/** Why another stream of the room cannot be opened here; null when it can. */
export function findStreamRefusal(roomId: string): StreamRefusal | null {
  return feeds().refusal(roomId);
}

/** Ends every stream of this instance and takes no new ones. */
export function closeFeeds(): void {
  feeds().close();
}
