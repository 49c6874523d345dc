/**
 * What measurements are compared with: a Next app that does nothing but what each measurement needs, built by the same Next as Roomtone and
 * served by the same server (`server/serve.ts`).
 *
 * @type {import('next').NextConfig}
 */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true },
};

export default config;
