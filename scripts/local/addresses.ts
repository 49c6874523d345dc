import { renderUnicodeCompact } from 'uqr';
import type { Env } from '@/lib/server/runtime/env';
import { listensHereAlone, phoneAddresses } from '@/lib/server/runtime/phone-addresses';

/**
 * Lines for people with phones: the addresses that they may reach, the likeliest first, and its QR code; or why there is none (AD4). A site
 * has its own address, and needs no line.
 */
export function phoneLines(
  env: Pick<Env, 'appUrl' | 'host' | 'port'>,
  addresses = phoneAddresses(env),
): readonly string[] {
  const [first] = addresses;
  if (first === undefined) {
    const why = listensHereAlone(env.host)
      ? `HOST=${env.host} keeps the app to this computer`
      : 'this computer is in no network';
    return [`  For phones      none: ${why}`];
  }
  if (first.network === null) return [];
  const width = Math.max(...addresses.map(({ origin }) => origin.length));
  const lines = addresses.map(
    ({ origin, network }, index) =>
      `  ${index === 0 ? 'For phones' : '     or by'}      ${origin.padEnd(width)}   (${network})`,
  );
  const code = renderUnicodeCompact(first.origin, { border: 1 }).replaceAll(/^/gm, '  ');
  return [...lines, '  Phones have to be in the same Wi-Fi as this computer.', '', code];
}

/** Tells where the app is, for the host and for guests, and what is in force. */
export function printAddresses(env: Env): void {
  console.log(`\n  Roomtone is at  ${env.appUrl}`);
  for (const line of phoneLines(env)) console.log(line);
  if (env.spotifySimulated) {
    console.log('\n  Simulated Spotify: no sound. For the real one see README.md, "Your own Spotify app".');
    console.log(`  The host’s own phone, with its buttons, is at  ${env.spotifyApiUrl}`);
  }
  if (env.rateLimitFactor !== 1) console.log(`  Rate limits are multiplied by ${env.rateLimitFactor}.`);
  console.log('\n  Ctrl-C stops everything.\n');
}
