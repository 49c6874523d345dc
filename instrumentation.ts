/**
 * Run once by Next when an instance starts: the configuration is checked before the first request, and the instance learns to
 * end well.
 */
export async function register(): Promise<void> {
  // Next asks for this file for its edge runtime too, which has none of what follows.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { start } = await import('./lib/server/lifecycle');
  start();
}
