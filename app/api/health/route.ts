import { getHealth, type Health } from '@/lib/server/health';
import { json } from '@/lib/server/http/responses';
import { headOf, methods, route } from '@/lib/server/http/route';

const get = route({
  access: 'public',
  handle: async () => {
    const health = await getHealth();
    return json<Health>(health, { status: health.status === 'ok' ? 200 : 503 });
  },
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: get, HEAD: headOf(get) });
