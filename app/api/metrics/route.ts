import { requireBearer } from '@/lib/server/http/bearer';
import { methods, route } from '@/lib/server/http/route';
import { metricsToken, scrape } from '@/lib/server/metrics';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({
    access: 'public',
    handle: async ({ request }) => {
      requireBearer(request, metricsToken());
      const { text, contentType } = await scrape();
      return new Response(text, { headers: { 'content-type': contentType } });
    },
  }),
});
