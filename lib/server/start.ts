import 'server-only';
import { getEnv } from './env';
import { limitsInForce } from './limits/limiter';
import { log } from './log';
import { onShutdown } from './shutdown';
import { startSweeping } from './player/unwatched-rooms';
import { releaseInstance } from './stop';

/**
 * Readies an instance: a bad or missing variable stops it here, with a line that names it, and not in somebody's request.
 *
 * @throws {Error} with one line per bad variable
 */
export function start(): void {
  const env = getEnv();
  log.info('instance.started', {
    appUrl: env.appUrl,
    simulated: env.spotifySimulated,
    trustedHops: env.trustedHops,
    limits: Object.entries(limitsInForce())
      .map(([name, points]) => `${name}=${points}`)
      .join(' '),
  });
  startSweeping();
  onShutdown(releaseInstance);
}
