import { json } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';

/** This process answers: nothing else is asked, so that a database that is away does not get it restarted. */
const get = route({
  access: 'public',
  handle: () => Promise.resolve(json<{ readonly status: 'alive' }>({ status: 'alive' })),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: get, HEAD: headOf(get) });
