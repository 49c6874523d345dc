import { z } from 'zod';
import type { ErrorCode } from './errors';

/** What the variable parts of an address must be, besides the room's code. */
export interface PathParams<T> {
  readonly schema: z.ZodType<T>;
  /** The answer to one that is malformed: the same as to one that is unknown. */
  readonly notFound: ErrorCode;
}

/** An address that ends in the id of a stored thing. */
export function idParams(notFound: ErrorCode): PathParams<{ id: string }> {
  return { schema: z.object({ id: z.uuid() }), notFound };
}
