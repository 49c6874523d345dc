import { readVariables, requireEnv } from '@/scripts/local/environment';

/** What the server around Next has to know of the configuration. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly trustedHops: number;
  readonly appUrl: URL;
  /** The stand-in for Spotify is part of the app. */
  readonly hasStandIn: boolean;
}

/**
 * The settings, after the whole configuration was checked: a variable that is missing or wrong stops the start here, and not a request.
 *
 * @throws {UserError} with one line per variable
 */
export function readSettings(): Settings {
  const { port, host, trustedHops, appUrl, demo, standIn } = requireEnv(readVariables());
  return { port, host, trustedHops, appUrl: new URL(appUrl), hasStandIn: demo || standIn };
}

/** The same for an app without a configuration. */
export function plainSettings(): Settings {
  const port = Number(process.env['PORT'] ?? '3000');
  const appUrl = new URL(`http://127.0.0.1:${port}`);
  return { port, host: process.env['HOST'] ?? '0.0.0.0', trustedHops: 0, appUrl, hasStandIn: false };
}
