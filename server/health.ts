import { env } from 'node:process';

/**
 * Asks the server of this machine whether it is well, for a container's health check, where nothing but Node may be there: exit code 0 when it is.
 */
const host = env['HOST'] ?? '0.0.0.0';
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
const address = everywhere[host] ?? (host.includes(':') ? `[${host}]` : host);

/** Less than a health check's own limit, in ms. */
const patienceMs = 4_000;

try {
  const answer = await fetch(`http://${address}:${env['PORT'] ?? '3000'}/api/health`, {
    signal: AbortSignal.timeout(patienceMs),
  });
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  console.log(String(cause));
  process.exitCode = 1;
}
