import nextJest from 'next/jest.js';

const createConfig = nextJest({ dir: './' });

/** Packages that come as ES modules only and have to be compiled for Jest. */
const compiled = ['oauth4webapi', 'iron-session', 'uncrypto', 'uqr', 'lucide-react', '@base-ui'];

const shared = {
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/$1' },
  setupFilesAfterEnv: ['<rootDir>/testing/jest/setup-after-env.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/.data/', '<rootDir>/.builds/'],
};

async function project(options) {
  const config = await createConfig({ ...shared, ...options })();
  return { ...config, transformIgnorePatterns: [`/node_modules/(?!(${compiled.join('|')})/)`] };
}

export default async () => ({
  // Some rooms are watched at their real pace, a paused one is read every 15 s; and as long as a starved machine may need.
  testTimeout: 90_000,
  globalSetup: '<rootDir>/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/testing/jest/global-teardown.mjs',
  projects: [
    await project({
      displayName: 'node',
      testEnvironment: 'node',
      setupFiles: ['<rootDir>/testing/jest/setup-worker.ts'],
      testMatch: [
        '<rootDir>/lib/{server,shared}/**/*.test.ts',
        '<rootDir>/{app,scripts,server,simulator,testing}/**/*.test.ts',
        '<rootDir>/*.test.ts',
      ],
    }),
    await project({
      displayName: 'jsdom',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/lib/client/**/*.test.{ts,tsx}', '<rootDir>/app/**/*.test.tsx'],
    }),
  ],
});
