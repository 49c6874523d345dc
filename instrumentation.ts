/**
 * Run once by Next when an instance starts: the configuration is checked before the first request, and the instance learns to
 * end well. Functions, the one that answers for proxy.ts among them, begin nothing before a request needs it (WT9), and carry nothing of
 * what follows: the condition is decided while they are built.
 */
export async function register(): Promise<void> {
  // Next asks for this file for its edge runtime too, which has none of what follows.
  if (process.env['NEXT_RUNTIME'] === 'nodejs' && process.env['BUILT_FOR'] !== 'functions') {
    const { start } = await import('./lib/server/lifecycle');
    start();
  }
}
