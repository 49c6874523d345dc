/** The baseline of every request: what Next itself costs. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({});
}
