import 'server-only';

/** What a scripted guest does. */
export type Act = 'add' | 'like' | 'dislike' | 'vote_to_skip' | 'pause' | 'resume';

/** One line of the script. */
export interface Line {
  readonly act: Act;
  /** Which of the two guests. */
  readonly guest: 0 | 1;
  /** Seconds after the line before, while somebody looks. */
  readonly after: number;
}

const line = (after: number, guest: 0 | 1, act: Act): Line => ({ after, guest, act });

/** Some two minutes, over and over: songs, opinions, now and then a vote to skip that is enough, and a short pause. */
const script: readonly Line[] = [
  line(3, 0, 'add'),
  line(5, 1, 'add'),
  line(6, 1, 'like'),
  line(10, 0, 'like'),
  line(14, 1, 'add'),
  line(12, 0, 'dislike'),
  line(16, 1, 'vote_to_skip'),
  line(14, 0, 'vote_to_skip'),
  line(12, 0, 'add'),
  line(15, 1, 'like'),
  line(18, 0, 'pause'),
  line(6, 0, 'resume'),
];

/** What they look for, one after the other. */
const searches = [
  'Tide',
  'Paper',
  'Kettle',
  'Moon',
  'Shoes',
  'Radio',
  'Garden',
  'Bus',
  'Remote',
  'Window',
  'Slow',
  'Kitchen',
  'Signal',
] as const;

/** The line of a step; the script begins anew after its last one. */
export function lineAt(step: number): Line {
  return script[step % script.length] ?? line(10, 0, 'like');
}

/** The words that are searched for in a step: not the same ones each time the script begins anew. */
export function searchAt(step: number): string {
  return searches[step % searches.length] ?? 'Tide';
}
