import 'server-only';

/** What stands in a line in place of what must not. */
export const redacted = '[redacted]';

/** Names of fields whose values are never written, whatever they are. */
const secretName =
  /token|secret|cookie|passw|authorization|credential|verifier|sealed|^(code|state|name|query|roomCode|hostName|displayName)$/i;

/** What gives itself away in the middle of a text, and what is written in its place. */
const secretTexts: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Credentials, queries and fragments of addresses: passwords of databases, codes and states of logins, words searched for.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, `$1${redacted}@`],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, `$1?${redacted}`],
  [/(^|\s)(\/[^\s?#]*)\?\S*/g, `$1$2?${redacted}`],
  // A room's code opens the room.
  [/(\/rooms?\/)[A-Za-z0-9]{6}(?![A-Za-z0-9])/g, `$1${redacted}`],
  [/\b(Bearer|Basic)\s+\S+/gi, `$1 ${redacted}`],
  [/((?:__Host-)?roomtone_session\w*=)[^;\s]+/g, `$1${redacted}`],
  [/\bFe26\.2\*\S+/g, redacted],
  // Long, and of all kinds of letters: a token, a key, a seal. Ids and words are not.
  [/(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])(?=[\w+/-]*\d)[\w+/-]{24,}={0,2}/g, redacted],
];

/** Fields that the logger itself makes of what is not a secret. */
const ownFields: ReadonlySet<string> = new Set(['event', 'requestId', 'stack']);

/** A text without what looks like a secret. */
export function redactText(text: string): string {
  return secretTexts.reduce((left, [pattern, replacement]) => left.replaceAll(pattern, replacement), text);
}

/**
 * The fields of a line without what looks like a secret, by its name or by itself. The second of two layers: nobody logs one in the first
 * place, and if somebody does by mistake, it does not get out.
 */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (ownFields.has(name)) return [name, value];
      if (secretName.test(name)) return [name, redacted];
      return [name, typeof value === 'string' ? redactText(value) : value];
    }),
  );
}
