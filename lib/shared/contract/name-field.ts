import { z } from 'zod';
import { type NameBounds, parseName } from '@/lib/shared/rules/names';

/** A name field within the given bounds, normalised as it will be stored. */
export function nameField(bounds: NameBounds) {
  return z.string().transform((input, context) => {
    const name = parseName(input, bounds);
    if (name.ok) return name.value;
    context.addIssue({ code: 'custom', message: name.message });
    return z.NEVER;
  });
}
