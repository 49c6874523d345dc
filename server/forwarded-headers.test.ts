import { clientAddress } from '@/lib/server/http/request-origin';
import { setForwarded } from './forwarded-headers';

const connection = { remoteAddress: '::ffff:203.0.113.9', isHttps: false, port: 3_000 };

test('RM-07 without a proxy, what a client wrote is replaced by what was seen', () => {
  const headers = {
    host: '192.168.1.20:3000',
    'x-forwarded-for': '1.1.1.1, 2.2.2.2',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    'x-real-ip': '1.1.1.1',
    forwarded: 'for=1.1.1.1',
    'x-middleware-subrequest': 'x',
    'x-request-id': 'a-clients-own',
    'x-vercel-id': 'a-clients-own',
    'content-security-policy': "script-src 'nonce-x'",
  };
  setForwarded(headers, connection, 0);
  expect(headers).toEqual({
    host: '192.168.1.20:3000',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': '192.168.1.20:3000',
    'x-forwarded-port': '3000',
  });
  expect(clientAddress(new Headers({ 'x-forwarded-for': headers['x-forwarded-for'] }))).toBe('203.0.113.9');
});

test('with a proxy, what it wrote stays', () => {
  const headers = {
    'x-forwarded-for': '9.9.9.9, 198.51.100.4',
    'x-forwarded-host': 'room.example',
    'x-real-ip': '9.9.9.9',
    'x-request-id': 'the-proxys',
    'x-vercel-id': 'a-clients-own',
  };
  setForwarded(headers, connection, 1);
  expect(headers).toEqual({
    'x-forwarded-for': '9.9.9.9, 198.51.100.4',
    'x-forwarded-host': 'room.example',
    'x-request-id': 'the-proxys',
    'x-forwarded-proto': 'http',
  });
});

test('a site whose address is https is https, also where its proxy does not say so', () => {
  const site = { ...connection, isHttps: true };
  const [alone, silent, outspoken] = [{}, {}, { 'x-forwarded-proto': 'http' }];
  setForwarded(alone, site, 0);
  setForwarded(silent, site, 1);
  setForwarded(outspoken, site, 1);
  expect([alone, silent, outspoken]).toMatchObject([
    { 'x-forwarded-proto': 'https' },
    { 'x-forwarded-proto': 'https' },
    { 'x-forwarded-proto': 'http' },
  ]);
});
