import { createHash } from 'node:crypto';

/** Shuffles a list around `first`, which comes first. The same list and moment always give the same order. */
export function shuffled(tracks: readonly string[], first: string | null, seed: number): readonly string[] {
  const weight = (uri: string, place: number): string =>
    createHash('sha256').update(`${seed} ${place} ${uri}`).digest('hex');
  const firstPlace = first === null ? -1 : tracks.indexOf(first);
  const rest = tracks
    .map((uri, place) => ({ uri, place, weight: weight(uri, place) }))
    .filter(({ place }) => place !== firstPlace)
    .toSorted((a, b) => (a.weight < b.weight ? -1 : 1))
    .map(({ uri }) => uri);
  return first !== null && firstPlace !== -1 ? [first, ...rest] : rest;
}
