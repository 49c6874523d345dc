/** What the process holds after its garbage is collected, in bytes, and the time it has computed, in µs. Only in the build that `npm run bench` makes. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  global.gc?.();
  global.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return Response.json({ heldBytes: heapUsed + external, rssBytes: rss, cpuMicros: user + system });
}
