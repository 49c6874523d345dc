/** Ends a `switch` over a union: the compiler refuses it while a case is missing, and it throws where data lied. */
export function unreachable(value: never): never {
  throw new Error(`There is no case for ${JSON.stringify(value)}.`);
}
