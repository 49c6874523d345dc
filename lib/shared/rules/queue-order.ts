/** In which order waiting songs play (OR2, OR3 of docs/room-rules.md). */
export type QueueOrder = 'votes' | 'turns';

/** A waiting song as far as its place depends on it. */
export interface WaitingSong {
  readonly id: string;
  readonly memberId: string;
  /** Grows with every song added to the room: the older one has the smaller number. */
  readonly number: number;
  /** Votes for less votes against. */
  readonly score: number;
  /** Handed to Spotify already: nothing plays before it. */
  readonly isNext: boolean;
  /** Where the host put it, counted from the first song that the room ever played; null where the rule decides. */
  readonly pin: number | null;
}

/** What the order of a room's queue depends on besides its songs. */
export interface OrderContext {
  readonly rule: QueueOrder;
  /** Songs of the queue that have begun so far: pins are counted from there. */
  readonly begun: number;
  /** The round that is on: that of the last song that began by the rule of turns. */
  readonly round: number;
  /** The rounds, from the one that is on, of which each member has had a turn. */
  readonly takenTurns: ReadonlyMap<string, readonly number[]>;
}

/** A waiting song and its rounds: the one it takes from its member, null where it takes none, and the one it plays in (OR3). */
export interface PlacedSong<Song extends WaitingSong> {
  readonly song: Song;
  readonly turn: number | null;
  readonly round: number;
}

/** Score from which votes lift a song by one round (OR3). */
export const liftingScore = 2;

const byAge = (a: WaitingSong, b: WaitingSong): number => a.number - b.number;
const byVotes = (a: WaitingSong, b: WaitingSong): number => b.score - a.score || byAge(a, b);

function withTurns<Song extends WaitingSong>(
  songs: readonly Song[],
  { rule, round, takenTurns }: OrderContext,
): PlacedSong<Song>[] {
  if (rule === 'votes') return songs.map((song) => ({ song, turn: null, round }));
  const taken = new Map([...takenTurns].map(([memberId, turns]) => [memberId, new Set(turns)]));
  return songs.toSorted(byAge).map((song) => {
    // Where the host put it, it is nobody's turn.
    if (song.pin !== null) return { song, turn: null, round };
    const own = taken.get(song.memberId) ?? new Set();
    taken.set(song.memberId, own);
    let turn = Math.max(round, 1);
    while (own.has(turn)) turn += 1;
    own.add(turn);
    const lifted = song.score >= liftingScore ? Math.max(turn - 1, round) : turn;
    return { song, turn, round: lifted };
  });
}

/** Puts songs with a pin where they were put; the others fill the places between in their order (OR4). */
function withSlots<Song extends WaitingSong>(
  ruled: readonly PlacedSong<Song>[],
  put: readonly (PlacedSong<Song> & { readonly pin: number })[],
  begun: number,
): PlacedSong<Song>[] {
  const rest = [...ruled];
  const placed: PlacedSong<Song>[] = [];
  const waitingFor = put.toSorted((a, b) => a.pin - b.pin || byAge(a.song, b.song));
  while (rest.length > 0 || waitingFor.length > 0) {
    const due = waitingFor[0];
    if (due !== undefined && (due.pin - begun <= placed.length || rest.length === 0)) {
      placed.push(due);
      waitingFor.shift();
      continue;
    }
    const [first] = rest.splice(0, 1);
    if (first !== undefined) placed.push(first);
  }
  return placed;
}

/**
 * The waiting songs in the order they will play (OR1–OR4 of docs/room-rules.md). A pure function: pages, answers and the engine
 * use this one, so that what is shown is what plays.
 */
export function orderQueue<Song extends WaitingSong>(
  songs: readonly Song[],
  context: OrderContext,
): readonly PlacedSong<Song>[] {
  const placed = withTurns(songs, context);
  const first = placed.filter(({ song }) => song.isNext);
  const others = placed.filter(({ song }) => !song.isNext);
  const put = others.flatMap((entry) => (entry.song.pin === null ? [] : [{ ...entry, pin: entry.song.pin }]));
  const ruled = others
    .filter(({ song }) => song.pin === null)
    .toSorted((a, b) => a.round - b.round || byVotes(a.song, b.song));
  return [...first, ...withSlots(ruled, put, context.begun + first.length)];
}

/**
 * The pins of the songs that the host has put somewhere, once one more is put before another, or at the end: that one at its new
 * place, the others where they stand then (OR4).
 *
 * @param order the waiting songs in their order
 * @param beforeId null for the end
 */
export function pinsAfterMove(
  order: readonly WaitingSong[],
  movedId: string,
  beforeId: string | null,
  begun: number,
): ReadonlyMap<string, number> {
  const moved = order.find(({ id }) => id === movedId);
  if (moved === undefined) return new Map();
  const others = order.filter(({ id }) => id !== movedId);
  const wanted = beforeId === null ? -1 : others.findIndex(({ id }) => id === beforeId);
  // A song that was submitted to Spotify cannot be overtaken.
  const earliest = others.filter(({ isNext }) => isNext).length;
  const place = Math.max(wanted === -1 ? others.length : wanted, earliest);
  const after = [...others.slice(0, place), moved, ...others.slice(place)];
  const pins = after.flatMap(({ id, pin }, index): [string, number][] =>
    pin !== null || id === movedId ? [[id, begun + index]] : [],
  );
  return new Map(pins);
}
