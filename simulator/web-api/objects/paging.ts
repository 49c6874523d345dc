/** Which part of a list a call asks for. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** The items of one page. */
export const pageOf = <T>(list: readonly T[], { offset, limit }: Page): readonly T[] =>
  list.slice(offset, offset + limit);

/** One page of a list, in Spotify's shape. */
export function pagingObject(
  input: Page & {
    /** Address of the list, without `offset` and `limit`; may already have a query. */
    readonly base: string;
    readonly items: readonly unknown[];
    readonly total: number;
  },
): Record<string, unknown> {
  const { base, items, total, offset, limit } = input;
  const at = (place: number): string => `${base}${base.includes('?') ? '&' : '?'}offset=${place}&limit=${limit}`;
  return {
    href: at(offset),
    limit,
    next: offset + limit < total ? at(offset + limit) : null,
    offset,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    total,
    items,
  };
}
