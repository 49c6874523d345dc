import 'server-only';

/** The variable parts of an address, as Next reads them. */
export type Path = Readonly<Record<string, string | string[] | undefined>>;

/** Where addresses have their variable parts, counted from `/api`. */
const codeAt = 2;
const idAt = 4;

/** The family of what leads nowhere: one, so that nobody can make new ones. */
export const unknownRoute = 'unknown';

/** The address of a request that leads somewhere as one of the few that there are, without code and id: `/api/rooms/:code/queue/:id`. */
export function routeFamily(request: Request, path: Path): string {
  const parts = new URL(request.url).pathname.split('/').slice(1);
  const named = parts.map((part, index) => {
    if (index === codeAt && 'code' in path) return ':code';
    return index === idAt && 'id' in path ? ':id' : part;
  });
  return `/${named.join('/')}`;
}
