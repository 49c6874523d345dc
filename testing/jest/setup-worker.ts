import { z } from 'zod';

/** Before any module reads it: the environment of an instance under test, with this worker's own database. */
const urls = z.array(z.string()).parse(JSON.parse(process.env['TEST_DATABASE_URLS'] ?? '[]'));
const worker = Number(process.env['JEST_WORKER_ID'] ?? '1');

const variables: Readonly<Record<string, string>> = {
  DATABASE_URL: urls[(worker - 1) % urls.length] ?? '',
  APP_URL: 'http://127.0.0.1:3000',
  SESSION_SECRET: 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp',
  SPOTIFY_CLIENT_ID: 'test-client',
  SPOTIFY_CLIENT_SECRET: 'test-client-secret',
  // Nothing listens there: a test that needs Spotify starts a simulator and says where it is.
  SPOTIFY_ACCOUNTS_URL: 'http://127.0.0.1:9',
  SPOTIFY_API_URL: 'http://127.0.0.1:9',
  RATE_LIMIT_FACTOR: '1',
};
for (const name of Object.keys(process.env))
  if (
    /^(SPOTIFY_|DATABASE_|POSTGRES_|TRUSTED_HOPS|VERCEL|DEMO$|PORT$|HOST$|LOG_LEVEL|METRICS_TOKEN|CRON_SECRET|OTEL_)/.test(
      name,
    )
  )
    delete process.env[name];
Object.assign(process.env, variables);
