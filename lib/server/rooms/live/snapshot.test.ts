/** @jest-environment node */
import type { MemberDto, Track } from '@/lib/shared/contract/snapshot';
import { queueDefaults } from '@/testing/people/room-view';
import type { SongRow } from '@/lib/server/db/queue';
import type { SnapshotRow } from '@/lib/server/db/snapshots';
import type { PlayerView } from '@/lib/server/player/state/player-view';
import { buildSnapshot } from './snapshot';

const now = new Date('2026-11-25T20:00:00Z');

/** What a snapshot may be, in bytes: every screen gets one with every change. */
const limitBytes = 65_536;

const uuid = (group: string, number: number): string =>
  `${group.padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const members = Array.from({ length: 100 }, (_, index): MemberDto => ({
  id: uuid('a', index),
  name: `Guest number ${index}`,
  role: index === 0 ? 'host' : 'guest',
  present: true,
}));

function track(number: number, name: string): Track {
  const id = String(number).padStart(22, '0');
  return {
    uri: `spotify:track:${id}`,
    id,
    kind: 'track',
    name,
    artists: ['Harbour Lights Committee', 'Moth & Meridian'],
    album: 'A Room with Everyone in It',
    artworkUrl: `https://i.scdn.co/image/${'ab'.repeat(20)}`,
    durationMs: 227_000,
    explicit: false,
    url: `https://open.spotify.com/track/${id}`,
  };
}

/** A waiting song; the newer one has the larger number. */
function song(number: number, more: Partial<SongRow> = {}, name = `Song ${number}`): SongRow {
  const { id: memberId, name: memberName } = members[number % members.length] ?? { id: '', name: '' };
  const { uri } = track(number, name);
  return {
    id: uuid('b', number),
    number,
    memberId,
    memberName,
    uri,
    songKey: uri,
    track: track(number, name),
    state: 'queued',
    addedAtMs: now.getTime(),
    pin: null,
    score: 0,
    voters: {},
    ...more,
  };
}

/** A room with a hundred people in it in which these songs wait. */
function roomWith(songs: readonly SongRow[]): SnapshotRow<PlayerView> {
  return {
    id: uuid('c', 1),
    code: 'BCDFGH',
    name: 'Party',
    version: 7,
    peopleVersion: 1,
    waitingCount: 0,
    guestsCanPause: false,
    votesToSkip: 2,
    createdAt: now,
    ended: false,
    playId: null,
    view: null,
    problem: null,
    problemDetail: null,
    problemUntil: null,
    connected: true,
    world: null,
    clientId: null,
    grantEnded: false,
    runFailed: false,
    memberCount: members.length,
    presentCount: members.length,
    recentCount: members.length,
    members,
    voters: [],
    fallbackName: null,
    sources: [],
    songs,
    dropped: [],
    playedFor: null,
    ...queueDefaults,
    queueBegun: 0,
    queueRound: 0,
    takenTurns: {},
  };
}

const many = (make: (number: number) => SongRow): readonly SongRow[] =>
  Array.from({ length: 200 }, (_, index) => make(index + 1));

const everybody = Object.fromEntries(members.map(({ id }): [string, 1] => [id, 1]));

describe('the queue of a snapshot', () => {
  test('is whole while it is small', () => {
    const { queue, queueCount } = buildSnapshot(roomWith([song(2), song(1)]), now);
    expect(queue.map(({ id }) => id)).toEqual([uuid('b', 1), uuid('b', 2)]);
    expect(queueCount).toBe(2);
  });

  test('OR5 holds the first songs of a long one, and says how many there are', () => {
    const { queue, queueCount } = buildSnapshot(roomWith(many((number) => song(201 - number))), now);
    expect(queue.length).toBeGreaterThan(50);
    expect(queue.map(({ id }) => id)).toEqual(queue.map((_, index) => uuid('b', index + 1)));
    expect(queueCount).toBe(200);
  });

  test.each([
    ['no votes', many((number) => song(number))],
    [
      'a hundred votes on twenty songs',
      many((number) => (number > 20 ? song(number) : song(number, { score: 100, voters: everybody }))),
    ],
    ['titles of three bytes a sign', many((number) => song(number, {}, `${number} 夜の短波放送と朝の歌`))],
  ])('of 200 songs leaves the whole below 64 KB: %s', (_, songs) => {
    const snapshot = buildSnapshot(roomWith(songs), now);
    expect(Buffer.byteLength(JSON.stringify(snapshot))).toBeLessThanOrEqual(limitBytes);
    expect(snapshot.queue.length).toBeGreaterThan(0);
    expect(snapshot.queueCount).toBe(200);
  });

  test('has the first song even where its votes alone are more than there is room for', () => {
    const voters = Object.fromEntries(Array.from({ length: 1_500 }, (_, index): [string, 1] => [uuid('d', index), 1]));
    const { queue } = buildSnapshot(roomWith([song(1, { score: 1_500, voters }), song(2)]), now);
    expect(queue.map(({ id }) => id)).toEqual([uuid('b', 1)]);
  });

  test('gives way to the names of a hundred people, and keeps the whole below 64 KB', () => {
    const named = members.map((member) => ({ ...member, name: '👩‍🚀'.repeat(20) }));
    const snapshot = buildSnapshot({ ...roomWith(many((number) => song(number))), members: named }, now);
    expect(Buffer.byteLength(JSON.stringify(snapshot))).toBeLessThanOrEqual(limitBytes);
    expect(snapshot.queue.length).toBeGreaterThan(20);
  });
});
