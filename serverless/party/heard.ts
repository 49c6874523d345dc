import { count } from '@/testing/count';
import type { Wish } from './evening';

/** A song that began on the host's device. */
export interface Begun {
  readonly uri: string;
  readonly at: number;
}

export interface Heard {
  /** How many wishes were heard, in the order in which they were wished. */
  readonly heard: number;
  /** Changes of song at which a wish was due, and at how many of them it came. */
  readonly due: number;
  readonly inTurn: number;
  /** Wishes that began more often than they were wished. */
  readonly twice: readonly string[];
  /** Wishes that began before others that were wished earlier. */
  readonly outOfOrder: readonly string[];
}

/** A wish that waits for that long before a song ends has its turn after it, in ms: songs are submitted thirteen seconds before. */
const noticeMs = 15_000;

/** What became of wishes that nobody voted on: they are heard one after the other, and the host's own music only where none waits. */
export function whatWasHeard(wishes: readonly Wish[], begun: readonly Begun[]): Heard {
  let next = 0;
  let due = 0;
  let inTurn = 0;
  const outOfOrder: string[] = [];
  for (const { uri, at } of begun) {
    const waiting = wishes[next];
    const isDue = waiting !== undefined && waiting.at < at - noticeMs;
    if (isDue) due += 1;
    if (waiting !== undefined && uri === waiting.uri) {
      next += 1;
      if (isDue) inTurn += 1;
    } else if (wishes.slice(next).some((wish) => wish.uri === uri && wish.at < at)) outOfOrder.push(uri);
  }
  const wished = count(wishes.map((wish) => wish.uri));
  const played = count(begun.map((each) => each.uri));
  const twice = [...wished].filter(([uri, times]) => (played.get(uri) ?? 0) > times).map(([uri]) => uri);
  return { heard: next, due, inTurn, twice, outOfOrder };
}
