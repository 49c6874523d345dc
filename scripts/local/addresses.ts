import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import type { Env } from '@/lib/server/runtime/env';

/** The address under which phones on the same network reach the app; null when it listens on this machine only. */
export function phoneAddress(env: Env): string | null {
  const onlyHere = env.host === 'localhost' || env.host === '::1' || env.host.startsWith('127.');
  if (onlyHere || env.appUrl.startsWith('https:')) return null;
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  return own === undefined ? null : `http://${own.address}:${env.port}`;
}

/** Tells where the app is, for the host and for guests, and what is in force. */
export function printAddresses(env: Env): void {
  console.log(`\n  Roomtone is at  ${env.appUrl}`);
  const phones = phoneAddress(env);
  if (phones !== null) {
    console.log(`  For phones      ${phones}   (on the same network)\n`);
    console.log(renderUnicodeCompact(phones, { border: 1 }).replaceAll(/^/gm, '  '));
  }
  if (env.spotifySimulated) {
    console.log('\n  Simulated Spotify: no sound. For the real one see README.md, "Your own Spotify app".');
    console.log(`  The host’s own phone, with its buttons, is at  ${env.spotifyApiUrl}`);
  }
  if (env.rateLimitFactor !== 1) console.log(`  Rate limits are multiplied by ${env.rateLimitFactor}.`);
  console.log('\n  Ctrl-C stops everything.\n');
}
