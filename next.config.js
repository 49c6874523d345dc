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

const transport = { key: 'Strict-Transport-Security', value: 'max-age=31536000' };

// Sites are https only on Vercel. Elsewhere one build serves any address, so both hang on how it is reached: a laptop at home is plain
// http, where the first would be ignored anyway, and browsers complain about the second everywhere but on the laptop itself.
const onVercel = process.env.VERCEL === '1';
const https = [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }];
const loopback = [{ type: 'host', value: String.raw`(?:localhost|127(?:\.\d{1,3}){3})` }];

/** A build that is a folder of its own, with what it needs of the dependencies (scripts/local/app-build.ts); platforms make their own. */
const folder = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // Images are left as they are; this would be a fourth of the folder, and different for each kind of machine.
  outputFileTracingExcludes: { '**': ['node_modules/sharp/**', 'node_modules/@img/**'] },
};

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Known while the app is built, for what must not be part of a function at all: instrumentation.ts.
  env: { BUILT_FOR: onVercel ? 'functions' : 'server' },
  reactStrictMode: true,
  // What the log says of where an error came from is for people; nobody downloads this code.
  experimental: { serverMinification: false },
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
      { source: '/:path*', headers: onVercel ? [...securityHeaders, transport, isolation] : securityHeaders },
      ...(onVercel
        ? []
        : [
            { source: '/:path*', has: https, headers: [transport, isolation] },
            { source: '/:path*', has: loopback, headers: [isolation] },
          ]),
    ]),
  ...(process.env.ROOMTONE_BUILD === 'folder' ? folder : {}),
};

export default config;
