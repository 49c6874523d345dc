import { getReadiness, type Readiness } from '@/lib/server/readiness';
import { json } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';

const get = route({
  access: 'public',
  handle: async () => {
    const readiness = await getReadiness();
    return json<Readiness>(readiness, { status: readiness.status === 'ready' ? 200 : 503 });
  },
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: get, HEAD: headOf(get) });
