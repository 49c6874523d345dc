import 'server-only';

/** An object without its keys that are `undefined`: a key that was not sent changes nothing. */
export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The keys of `input` that were sent. */
export function definedKeys<T extends object>(input: T): Defined<T> {
  const result: Defined<T> = { ...input };
  for (const key of Object.keys(input)) {
    if (Reflect.get(input, key) === undefined) Reflect.deleteProperty(result, key);
  }
  return result;
}
