import { isolation, loopbackName, securityHeaders, transport } from './server/security-headers.js';

const listed = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

// Sites are https only on Vercel. Elsewhere one build serves any address, so both hang on how it is reached: a laptop at home is plain
// http, where the first would be ignored anyway, and browsers complain about the second everywhere but on the laptop itself.
const onVercel = process.env.VERCEL === '1';
const https = [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }];
const loopback = [{ type: 'host', value: loopbackName }];

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
  experimental: {
    // What the log says of where an error came from is for people; nobody downloads this code.
    serverMinification: false,
    // Nothing that proxy.ts is asked about has a body. Our own server lets none through; behind another one Next would keep 10 MB of each.
    proxyClientMaxBodySize: '16kb',
  },
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
      { source: '/:path*', headers: listed({ ...securityHeaders, ...(onVercel && { ...transport, ...isolation }) }) },
      ...(onVercel
        ? []
        : [
            { source: '/:path*', has: https, headers: listed({ ...transport, ...isolation }) },
            { source: '/:path*', has: loopback, headers: listed(isolation) },
          ]),
    ]),
  ...(process.env.ROOMTONE_BUILD === 'folder' ? folder : {}),
};

export default config;
