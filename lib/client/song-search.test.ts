import { makeTrack } from '@/testing/people/room-view';
import type { SearchResponse } from '@/lib/shared/contract/search';
import { ApiError } from './api-error';
import { SongSearch } from './song-search';

interface Asked {
  readonly words: string;
  readonly offset: number;
  readonly signal: AbortSignal;
  readonly answer: (answer: SearchResponse) => void;
  readonly fail: () => void;
}

let asked: Asked[];
let search: SongSearch;
beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  search = new SongSearch(
    (words, offset, signal) =>
      new Promise((resolve, reject) =>
        asked.push({ words, offset, signal, answer: resolve, fail: () => reject(new ApiError(null)) }),
      ),
  );
});
afterEach(() => jest.useRealTimers());

const found = (...names: string[]): SearchResponse => ({ tracks: names.map((name) => makeTrack(name)) });
const shown = (): string[] => search.getState().results.map(({ name }) => name);
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

test('words are asked for once, after a pause in typing', async () => {
  search.type('a');
  await jest.advanceTimersByTimeAsync(300);
  search.type('ab ');
  await jest.advanceTimersByTimeAsync(300);
  expect(asked).toEqual([]);
  search.type('ab');
  await jest.advanceTimersByTimeAsync(100);
  expect(asked.map(({ words }) => words)).toEqual(['ab']);
});

test('a pasted link is asked for at once, without what sharing added to it', async () => {
  search.type(' https://open.spotify.com/intl-de/track/7abc?si=0123456789 ');
  await settle();
  expect(asked.map(({ words }) => words)).toEqual(['https://open.spotify.com/intl-de/track/7abc']);
});

test.each([
  ['Check out this song! https://open.spotify.com/track/7abc?si=01 Nice', 'https://open.spotify.com/track/7abc'],
  ['open.spotify.com/intl-de/track/7abc', 'open.spotify.com/intl-de/track/7abc'],
  ['Hear spotify:track:7abc', 'spotify:track:7abc'],
  ['https://open.spotify.com/album/1 and https://open.spotify.com/track/2', 'https://open.spotify.com/track/2'],
  ['Look: https://spotify.link/x1', 'https://spotify.link/x1'],
  ['(https://open.spotify.com/intl-pt-BR/track/4cOdK2wGLETKBW3PvgPWqT?si=1)', 'spotify:track:4cOdK2wGLETKBW3PvgPWqT'],
  [
    'https://open.spotify.com/album/0000000000000000000000?highlight=spotify:track:4cOdK2wGLETKBW3PvgPWqT',
    'spotify:track:4cOdK2wGLETKBW3PvgPWqT',
  ],
])('the link in a shared text is what is asked for: %s', async (text, words) => {
  search.type(text);
  await settle();
  expect(asked.map((request) => request.words)).toEqual([words]);
});

test('what is typed next ends the request before, and keeps its results until new ones are there', async () => {
  search.type('ab');
  search.now();
  asked[0]?.answer(found('A'));
  await settle();
  search.type('abc');
  search.now();
  search.type('abcd');
  search.now();
  expect([asked[1]?.signal.aborted, shown(), search.getState().isLoading]).toEqual([true, ['A'], true]);
  asked[2]?.answer(found('D'));
  asked[1]?.answer(found('C'));
  await settle();
  expect([shown(), search.getState().isLoading]).toEqual([['D'], false]);
});

test('an empty field asks for nothing and shows nothing', async () => {
  search.type('ab');
  search.now();
  asked[0]?.answer(found('A'));
  await settle();
  search.type('  ');
  await jest.advanceTimersByTimeAsync(1_000);
  expect([asked.length, shown(), search.getState().isLoading]).toEqual([1, [], false]);
});

test('more results come behind those that are there, each once', async () => {
  search.type('ab');
  search.now();
  asked[0]?.answer({ ...found('A', 'B'), nextOffset: 10 });
  await settle();
  search.more();
  search.more();
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
  asked[1]?.answer(found('B', 'C'));
  await settle();
  expect([shown(), search.getState().nextOffset]).toEqual([['A', 'B', 'C'], null]);
});

test('after a song was added, the others say anew why they cannot be; what is typed meanwhile comes first', async () => {
  search.type('ab');
  search.now();
  asked[0]?.answer(found('A', 'B'));
  await settle();
  void search.refresh();
  const refusal = { code: 'already_queued', detail: 'It is.' } as const;
  asked[1]?.answer({ tracks: [{ ...makeTrack('B'), refusal }] });
  await settle();
  expect(search.getState().results.map((song) => song.refusal?.detail)).toEqual([undefined, 'It is.']);
  void search.refresh();
  search.type('abc');
  search.now();
  asked[3]?.answer(found('C'));
  await settle();
  asked[2]?.answer({ tracks: [{ ...makeTrack('C'), refusal }] });
  await settle();
  expect(search.getState().results).toEqual(found('C').tracks);
});

test('a search that failed keeps what is shown, and can be tried again', async () => {
  search.type('ab');
  search.now();
  asked[0]?.answer(found('A'));
  await settle();
  search.type('abc');
  search.now();
  asked[1]?.fail();
  await settle();
  expect([search.getState().error?.code, shown()]).toEqual(['network', ['A']]);
  search.now();
  asked[2]?.answer(found('C'));
  await settle();
  expect([search.getState().error, shown()]).toEqual([null, ['C']]);
  search.now();
  expect(asked).toHaveLength(3);
});
