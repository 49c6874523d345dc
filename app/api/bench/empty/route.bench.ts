/** The baseline of every request: what Next itself costs. Only in the build that `npm run bench` makes. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({});
}
