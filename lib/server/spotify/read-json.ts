import 'server-only';

/** What JSON can write and a database's text cannot hold: only escaped can it be there at all. */
const mayBeUnstorable = /\\u(0000|d[89a-f])/i;

/** Without U+0000 and halves of surrogate pairs. */
function clean(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '') : value;
}

/**
 * The border at which Spotify's answers come in: parsed, and every text in them such as can be stored and shown (PB8).
 *
 * @throws {SyntaxError} when it is not JSON
 */
export function readJson(text: string): unknown {
  return JSON.parse(text, mayBeUnstorable.test(text) ? clean : undefined);
}
