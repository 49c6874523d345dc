import type { QueueOrder } from '@/lib/shared/rules/queue-order';

/** A member's role in a room. */
export type Role = 'host' | 'guest';

/** How newcomers come in: by themselves, or once the host or a co-host admits them. */
export type Admission = 'open' | 'knock';

/** What a host may set of a room's queue and its door. */
export interface QueueSettings {
  readonly queueOrder: QueueOrder;
  /** Guests may add songs. */
  readonly queueOpen: boolean;
  /** Waiting songs a guest may have. */
  readonly songsPerGuest: number;
  /** Waiting songs in the room. */
  readonly queueLimit: number;
  readonly explicitAllowed: boolean;
  /** The longest song that may be added, in ms; null for any. */
  readonly maxSongMs: number | null;
  /** For how long a song that was played is not taken again, in ms; null for not at all. */
  readonly replayAfterMs: number | null;
  /** Guests' songs wait until the host approves them. */
  readonly asksApproval: boolean;
  /** Nobody new can join. */
  readonly locked: boolean;
  readonly admission: Admission;
}

/** A room's own facts, as every endpoint that answers with a room sends them. */
export interface RoomDto extends QueueSettings {
  readonly code: string;
  readonly name: string;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The host's playlist that plays when no song waits. */
  readonly fallback: { readonly name: string } | null;
  /** The playlists that songs may come from; empty for any song. */
  readonly sources: readonly { readonly name: string }[];
}

export interface MemberDto {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** An open stream, or seen in the last 60 s. */
  readonly present: boolean;
  /** May use the host's remote and tools for the queue; only where it is so. */
  readonly coHost?: true;
  /** Adds songs without approval; only where it is so. */
  readonly trusted?: true;
}

export type SpotifyStatus =
  | 'connected'
  | 'not_connected'
  | 'reconnect'
  | 'not_allowed'
  | 'premium_required'
  | 'rate_limited'
  | 'unavailable';

export interface SpotifyState {
  readonly status: SpotifyStatus;
  /** ISO 8601, UTC; with `rate_limited`: when Spotify takes requests again. */
  readonly retryAt?: string;
  /** A sentence that tells apart what one status covers, e.g. both causes of `not_allowed`. */
  readonly detail?: string;
}

export type PlaybackStatus = 'playing' | 'paused' | 'nothing' | 'no_device' | 'ad' | 'private' | 'unknown';

export interface Track {
  readonly uri: string;
  /** Null for local files. */
  readonly id: string | null;
  readonly kind: 'track' | 'episode' | 'local';
  readonly name: string;
  /** The show's name for an episode. */
  readonly artists: readonly string[];
  readonly album: string;
  readonly artworkUrl: string | null;
  readonly durationMs: number;
  readonly explicit: boolean;
  /** Where the track is on Spotify; null for local files. */
  readonly url: string | null;
}

export interface PlaybackDevice {
  readonly name: string;
  readonly type: string;
  readonly volumePercent: number | null;
  readonly supportsVolume: boolean;
}

/** What Spotify allows right now; a hint for buttons, never a promise. */
export interface PlaybackAbilities {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly next: boolean;
  readonly previous: boolean;
  readonly seek: boolean;
}

export interface Playback {
  readonly status: PlaybackStatus;
  /** This play of this track: changes with every new one; null when there is no track. */
  readonly playId: string | null;
  readonly track: Track | null;
  /** Position at `measuredAt`; while playing, screens run on from it. */
  readonly positionMs: number;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  readonly device: PlaybackDevice | null;
  readonly can: PlaybackAbilities;
  /** Who added the song that plays; null for one that nobody here added. */
  readonly addedBy: string | null;
  readonly addedByName: string | null;
}

export interface SkipTally {
  readonly playId: string | null;
  readonly votes: number;
  readonly required: number;
  /** Member ids. */
  readonly voters: readonly string[];
}

/** The state of a waiting song: it waits for approval, waits in the order, or was submitted to Spotify to play next. */
export type QueueState = 'pending' | 'queued' | 'next';

export interface QueueItemDto {
  readonly id: string;
  readonly track: Track;
  /** A member's id. */
  readonly addedBy: string;
  readonly addedByName: string;
  readonly score: number;
  readonly voters: Readonly<Record<string, 1 | -1>>;
  readonly state: QueueState;
  /** ISO 8601, UTC. */
  readonly addedAt: string;
  /** The host put it where it is; only where it is so. */
  readonly moved?: true;
}

/** Why a song left the queue without having been played. */
export type DropReason = 'unplayable' | 'removed' | 'blocked' | 'not_approved' | 'member_removed';

/** A song that left the queue without having been played, shown to the member who added it. */
export interface DroppedSong {
  readonly id: string;
  readonly name: string;
  readonly addedBy: string;
  readonly reason: DropReason;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Everything a screen shows of a room. Whole, so that a screen that missed some needs only the last, and the same
 * bytes for every member: nothing in it is personal.
 */
export interface RoomSnapshot {
  /** Grows with every change of the room; a screen ignores anything not newer than what it has. */
  readonly version: number;
  /** ISO 8601, UTC: when these bytes were made. */
  readonly serverTime: string;
  readonly room: RoomDto;
  /** The host, voters, and up to 100 people in all, newest present first. */
  readonly members: readonly MemberDto[];
  readonly memberCount: number;
  readonly presentCount: number;
  /** Those who wait at the door. */
  readonly waitingCount: number;
  readonly spotify: SpotifyState;
  readonly playback: Playback;
  readonly skip: SkipTally;
  /** The waiting songs in the order they will play, those that ask for approval last; the first ones where there are many. */
  readonly queue: readonly QueueItemDto[];
  /** All waiting songs; more than `queue` holds when it was cut. */
  readonly queueCount: number;
  /** Songs play on only while a page of the room is open (FD11); only where it is so. */
  readonly queueNeedsPage?: true;
  /** Songs that left the queue unplayed in the last ten minutes, newest first; not those taken out by who added them. */
  readonly dropped: readonly DroppedSong[];
}

/** What is personal about somebody's view of a room. */
export interface You {
  /** Null for a screen, which is nobody. */
  readonly memberId: string | null;
  readonly role: Role | 'screen';
  readonly name: string;
  /** May use the host's remote and tools for the queue. */
  readonly coHost: boolean;
  /** ISO 8601, UTC; stamped when sent, for the client's clock offset. */
  readonly serverTime: string;
}

/** The answer of `GET /api/rooms/CODE`. */
export interface RoomView {
  readonly snapshot: RoomSnapshot;
  readonly you: You;
}

/** What travels on a room's event stream; `event:` carries the type, `data:` the JSON of the rest. */
export type RoomEvent =
  | { readonly type: 'you'; readonly you: You }
  | { readonly type: 'snapshot'; readonly snapshot: RoomSnapshot }
  /** The room cannot be read right now, so what is shown may be old; a snapshot follows when it can. */
  | { readonly type: 'degraded' }
  /** The room ended; the server closes. */
  | { readonly type: 'ended' }
  /** The host removed this member; the server closes. */
  | { readonly type: 'removed' }
  /** Sent to who waits at the door, in place of everything else. */
  | { readonly type: 'waiting'; readonly waiting: { readonly id: string; readonly name: string } }
  /** Who waited is in, and opens the room; the server closes. */
  | { readonly type: 'admitted' }
  /** The host did not let them in; the server closes. */
  | { readonly type: 'turned_away' }
  /** This member left on another page; the server closes. */
  | { readonly type: 'left' }
  /** Too many pages of this member are open and this is the oldest: stay closed until it is looked at again. */
  | { readonly type: 'replaced' };
