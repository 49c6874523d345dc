import type { Answer } from '@/simulator/http/call';
import { apiError } from './errors';

/** A value read from a query, or the answer that refuses it. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (message: string): Read<never> => ({ ok: false, answer: apiError(400, message) });

/** A whole number of a query parameter within bounds; `fallback` where it is absent, required when that is null. */
export function readInteger(
  query: URLSearchParams,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly fallback: number | null },
): Read<number> {
  const text = query.get(name);
  if (text === null) {
    return bounds.fallback === null ? bad(`Required parameter ${name} missing`) : good(bounds.fallback);
  }
  if (!/^-?\d{1,15}$/.test(text)) return bad(`Invalid ${name}`);
  const value = Number(text);
  return value < bounds.min || value > bounds.max ? bad(`Invalid ${name}`) : good(value);
}

/** `limit` and `offset`; a `limit` above `most` or an `offset` above `furthest` is refused. */
export function readPage(
  query: URLSearchParams,
  { most, fallback, furthest }: { readonly most: number; readonly fallback: number; readonly furthest: number },
): Read<{ limit: number; offset: number }> {
  const limit = readInteger(query, 'limit', { min: 1, max: most, fallback });
  if (!limit.ok) return limit;
  const offset = readInteger(query, 'offset', { min: 0, max: furthest, fallback: 0 });
  return offset.ok ? good({ limit: limit.value, offset: offset.value }) : offset;
}

/** A required query parameter that is one of a few words. */
export function readChoice<const T extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly T[],
): Read<T> {
  const text = query.get(name);
  if (text === null) return bad(`Required parameter ${name} missing`);
  const value = choices.find((choice) => choice === text);
  return value === undefined ? bad(`Invalid ${name}`) : good(value);
}

/** JSON of a body, or null where there is none. */
export function readJson(body: string): Read<unknown> {
  if (body === '') return good(null);
  try {
    return good(JSON.parse(body));
  } catch {
    return bad('Malformed json');
  }
}
