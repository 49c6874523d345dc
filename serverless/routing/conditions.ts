import type { Condition, SourceRoute } from '@/serverless/output/config';

/** What routes look at. */
export interface Asked {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

function cookie(headers: Headers, name: string): string | null {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? null;
}

function valueOf({ type, key = '' }: Condition, asked: Asked): string | null {
  switch (type) {
    case 'host':
      return asked.host.replace(/:\d+$/, '');
    case 'header':
      return asked.headers.get(key);
    case 'cookie':
      return cookie(asked.headers, key);
    case 'query':
      return asked.query.get(key);
  }
}

/** The named parts of what was found, or null where the condition is not met. */
function matchCondition(condition: Condition, asked: Asked): Readonly<Record<string, string>> | null {
  const found = valueOf(condition, asked);
  if (found === null) return null;
  if (condition.value === undefined) return {};
  if (typeof condition.value !== 'string') throw new Error('This kind of condition is not known here.');
  const match = new RegExp(`^(?:${condition.value})$`).exec(found);
  return match === null ? null : { ...match.groups };
}

function expression({ src, caseSensitive = false }: SourceRoute): RegExp {
  return new RegExp(`${src.startsWith('^') ? '' : '^'}${src}${src.endsWith('$') ? '' : '$'}`, caseSensitive ? '' : 'i');
}

/** What a route found in a request, by the names under which its destination and headers use it; null where it does not apply. */
export function matchRoute(route: SourceRoute, asked: Asked): Readonly<Record<string, string>> | null {
  if (route.methods !== undefined && !route.methods.includes(asked.method)) return null;
  const match = expression(route).exec(asked.path);
  if (match === null) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of match.entries()) found[index] = part ?? '';
  for (const [name, part] of Object.entries(match.groups ?? {})) found[name] = part ?? '';
  for (const condition of route.has ?? []) {
    const parts = matchCondition(condition, asked);
    if (parts === null) return null;
    Object.assign(found, parts);
  }
  if ((route.missing ?? []).some((condition) => matchCondition(condition, asked) !== null)) return null;
  return found;
}

/** Puts what was found into a destination or a header: `$1`, `$name`. */
export function fill(text: string, found: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$(\w+)/g, (whole, name: string) => found[name] ?? (/^\d/.test(name) ? '' : whole));
}
