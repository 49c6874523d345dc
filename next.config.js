/** Headers of every answer, redirects and errors too; the CSP is made per document in proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Frame-Options', value: 'DENY' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()',
  },
];

const isolation = { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' };

// Deployed sites are https only; a laptop at home is plain http, where the first would be ignored anyway, and browsers complain
// about the second everywhere but on the laptop itself.
const deployed = process.env.VERCEL === '1' || (process.env.APP_URL ?? '').startsWith('https://');
if (deployed) securityHeaders.push({ key: 'Strict-Transport-Security', value: 'max-age=31536000' }, isolation);
const loopback = [{ type: 'host', value: String.raw`(?:localhost|127(?:\.\d{1,3}){3})` }];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Known while the app is built, for what must not be part of a function at all: instrumentation.ts.
  env: { BUILT_FOR: process.env.VERCEL === '1' ? 'functions' : 'server' },
  reactStrictMode: true,
  // Types are a step of `npm test`, over the whole tree; a start on a laptop need not wait for them.
  typescript: { ignoreBuildErrors: true },
  // The optimiser is a way to run code on the server and does nothing for us: covers come from Spotify in three sizes.
  images: { unoptimized: true },
  // An API answer that is asked for as a page, or the other way round, must not be guessed.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ['pg', 'rate-limiter-flexible', '@prisma/adapter-pg', 'prom-client'],
  // Phones on the network open the development server by its address.
  allowedDevOrigins: ['127.0.0.1', '*.local', '192.168.*.*', '10.*.*.*'],
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: securityHeaders },
      ...(deployed ? [] : [{ source: '/:path*', has: loopback, headers: [isolation] }]),
    ]),
};

export default config;
