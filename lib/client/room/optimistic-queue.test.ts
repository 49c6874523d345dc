import { makeItem, makeView } from '@/testing/people/room-view';
import { ApiError } from '@/lib/client/api-error';
import { RoomStore } from './room-store';

const problem = { type: '', title: '', status: 404, code: 'item_not_found', detail: 'Gone.' } as const;

describe('the waiting songs', () => {
  const view = makeView({ queue: [makeItem('A', { score: 2, voters: { bob: 1, ada: 1 } }), makeItem('B')] });
  const store = () => new RoomStore(view);
  const shown = (room: RoomStore) => room.getState().queue.map(({ id, score, voters }) => [id, score, voters['ada']]);
  const never = () => new Promise(() => undefined);

  test('SC1 QU5 a vote shows at once, instead of the one before', () => {
    const room = store();
    void room.runOnSong('A', { vote: -1 }, never);
    void room.runOnSong('B', { vote: 1 }, never);
    expect(shown(room)).toEqual([
      ['A', 0, -1],
      ['B', 1, 1],
    ]);
    void room.runOnSong('A', { vote: 0 }, never);
    expect(shown(room)[0]).toEqual(['A', 1, undefined]);
  });

  test('SC1 a change of something else does not show the old vote again while the new one is on its way', () => {
    const room = store();
    void room.runOnSong('B', { vote: 1 }, never);
    room.receiveSnapshot({ ...view.snapshot, version: 2 });
    expect(shown(room)[1]).toEqual(['B', 1, 1]);
  });

  test('SC1 once it was answered, the next snapshot is the truth', async () => {
    const room = store();
    await room.runOnSong('B', { vote: 1 }, () => Promise.resolve());
    expect(shown(room)[1]).toEqual(['B', 1, 1]);
    room.receiveSnapshot({ ...view.snapshot, version: 2 });
    expect(shown(room)[1]).toEqual(['B', 0, undefined]);
  });

  test('SC1 what was refused is not shown any longer, and the room says why', async () => {
    const room = store();
    expect(await room.runOnSong('A', { gone: true }, () => Promise.reject(new ApiError(problem)))).toBe(false);
    expect(shown(room)).toHaveLength(2);
    expect(room.getState().error?.detail).toBe('Gone.');
  });

  test('songs without news keep their objects, so that their rows are not drawn again', () => {
    const room = store();
    const before = room.getState().queue;
    room.receiveSnapshot({ ...view.snapshot, version: 2, queue: structuredCloneOf(view.snapshot.queue) });
    expect(room.getState().queue).toBe(before);
    room.receiveSnapshot({ ...view.snapshot, version: 3, queue: [makeItem('A', { score: 9 }), makeItem('B')] });
    expect(room.getState().queue[1]).toBe(before[1]);
  });
});

/** What arrives over the stream has the same values and no object in common. */
function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
