/** One thing of the catalogue as a search sees it. */
export interface Searchable<T> {
  readonly item: T;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly year: number | null;
  readonly isrc: string | null;
}

interface ParsedQuery {
  /** Words that must stand somewhere. */
  readonly words: readonly string[];
  readonly filters: readonly { readonly field: string; readonly value: string }[];
}

const filterPattern = /\b(track|artist|album|year|isrc|genre|tag|upc):("[^"]*"|\S+)/gi;

/** Folds case and accents, so that "senora" finds "Señora". */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function parseQuery(query: string): ParsedQuery {
  const filters: { field: string; value: string }[] = [];
  const rest = query.replace(filterPattern, (_, field: string, value: string) => {
    filters.push({ field: field.toLowerCase(), value: fold(value.replaceAll('"', '')) });
    return ' ';
  });
  return {
    words: fold(rest)
      .split(/\s+/)
      .filter((word) => word !== ''),
    filters,
  };
}

/**
 * Everything that fits a query, best first: the exact title, then titles that begin with it, then titles that hold all
 * of its words, then the rest.
 */
export function search<T>(list: readonly Searchable<T>[], query: string): readonly T[] {
  const parsed = parseQuery(query);
  const wanted = parsed.words.join(' ');
  return list
    .filter((candidate) => fits(candidate, parsed))
    .map((candidate, place) => ({ candidate, place, rank: rank(fold(candidate.title), wanted, parsed.words) }))
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ candidate }) => candidate.item);
}

function rank(title: string, wanted: string, words: readonly string[]): number {
  if (title === wanted) return 0;
  if (title.startsWith(wanted)) return 1;
  return words.every((word) => title.includes(word)) ? 2 : 3;
}

function fits<T>(candidate: Searchable<T>, { words, filters }: ParsedQuery): boolean {
  const everything = fold([candidate.title, ...candidate.artists, candidate.album].join(' '));
  return (
    words.every((word) => everything.includes(word)) &&
    filters.every(({ field, value }) => fitsFilter(candidate, field, value))
  );
}

function fitsFilter<T>(candidate: Searchable<T>, field: string, value: string): boolean {
  switch (field) {
    case 'track':
      return fold(candidate.title).includes(value);
    case 'artist':
      return candidate.artists.some((name) => fold(name).includes(value));
    case 'album':
      return fold(candidate.album).includes(value);
    case 'isrc':
      return candidate.isrc?.toLowerCase() === value;
    case 'year': {
      const [from = '', to = from] = value.split('-');
      return candidate.year !== null && candidate.year >= Number(from) && candidate.year <= Number(to);
    }
    case 'tag':
      return value === 'new' && candidate.year === 2026;
    default:
      return false;
  }
}
