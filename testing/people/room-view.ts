import type { QueueItemDto, RoomSnapshot, RoomView, Track, QueueSettings } from '@/lib/shared/contract/snapshot';

/** A song of three minutes by that name. */
export function makeTrack(name: string, change: Partial<Track> = {}): Track {
  return {
    uri: `spotify:track:${name}`,
    id: name,
    kind: 'track',
    name,
    artists: ['The Band'],
    album: 'Album',
    artworkUrl: null,
    durationMs: 180_000,
    explicit: false,
    url: `https://open.spotify.com/track/${name}`,
    ...change,
  };
}

/** A song that waits; its id in the queue is its name. */
export function makeItem(name: string, change: Partial<QueueItemDto> = {}): QueueItemDto {
  return {
    id: name,
    track: makeTrack(name),
    addedBy: 'bob',
    addedByName: 'Bob',
    score: 0,
    voters: {},
    state: 'queued',
    addedAt: '2026-11-24T12:00:00.000Z',
    ...change,
  };
}

/** The settings of the queue of a room that nobody has changed. */
export const queueDefaults: QueueSettings = {
  queueOrder: 'votes',
  queueOpen: true,
  songsPerGuest: 10,
  queueLimit: 200,
  explicitAllowed: true,
  maxSongMs: null,
  replayAfterMs: null,
  asksApproval: false,
  locked: false,
  admission: 'open',
};

/** A connected room in which a song has just begun, as Ada sees it, who is a guest. */
export function makeView(
  change: Partial<RoomSnapshot> = {},
  you: Partial<RoomView['you']> = {},
): RoomView & { readonly snapshot: RoomSnapshot } {
  const now = new Date().toISOString();
  return {
    snapshot: {
      version: 1,
      serverTime: now,
      room: {
        code: 'BCD234',
        name: 'Kitchen',
        guestsCanPause: false,
        votesToSkip: 2,
        createdAt: now,
        ...queueDefaults,
        fallback: null,
        sources: [],
      },
      members: [
        { id: 'mia', name: 'Mia', role: 'host', present: true },
        { id: 'ada', name: 'Ada', role: 'guest', present: true },
        { id: 'bob', name: 'Bob', role: 'guest', present: true },
      ],
      memberCount: 3,
      presentCount: 3,
      waitingCount: 0,
      spotify: { status: 'connected' },
      playback: {
        status: 'playing',
        playId: 'play',
        track: makeTrack('Now'),
        positionMs: 0,
        measuredAt: now,
        device: null,
        can: { pause: true, resume: true, next: true, previous: true, seek: true },
        addedBy: null,
        addedByName: null,
      },
      skip: { playId: 'play', votes: 0, required: 2, voters: [] },
      queue: [],
      queueCount: change.queue?.length ?? 0,
      dropped: [],
      ...change,
    },
    you: { memberId: 'ada', role: 'guest', name: 'Ada', coHost: false, serverTime: now, ...you },
  };
}
