import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';

process.env['METRICS_TOKEN'] = 'a-token-for-metrics';
process.env['CRON_SECRET'] = 'a-secret-for-the-cron';
afterAll(stopInstance);

const secrets = [
  ['/api/metrics', 'a-token-for-metrics'],
  ['/api/cron/cleanup', 'a-secret-for-the-cron'],
] as const;

test.each(secrets)('%s answers who brings the secret, and nobody else', async (path, secret) => {
  const wrong = [
    {},
    { authorization: `Bearer ${secret}x` },
    { authorization: `Bearer ${secret.slice(1)}` },
    { authorization: `Basic ${secret}` },
    { authorization: secret },
    { authorization: 'Bearer ' },
    { cookie: `authorization=Bearer ${secret}` },
  ];
  for (const headers of wrong) {
    const refused = await new AppClient().get(path, { headers });
    expectProblem(refused, 401, 'unauthorized');
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  }
  expectProblem(await new AppClient().get(`${path}?token=${secret}`), 401, 'unauthorized');
  expect((await new AppClient().get(path, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
  expect((await new AppClient().get(path, { headers: { authorization: `bearer ${secret}` } })).status).toBe(200);
});
