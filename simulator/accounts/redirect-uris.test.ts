import { checkRedirectUri } from './redirect-uris';

const registered = ['http://127.0.0.1:3000/cb', 'http://127.0.0.1/any-port', 'http://[::1]/cb', 'https://a.example/cb'];

describe('redirect URIs', () => {
  test.each([
    'http://127.0.0.1:3000/cb',
    'https://a.example/cb',
    'http://127.0.0.1/any-port',
    'http://127.0.0.1:49152/any-port',
    'http://[::1]:8080/cb',
  ])('%s is allowed', (uri) => {
    expect(checkRedirectUri(uri, registered)).toBe('ok');
  });

  test.each([
    ['', 'Invalid redirect URI'],
    ['not a uri', 'Invalid redirect URI'],
    ['https://a.example/cb/', 'Invalid redirect URI'],
    ['https://a.example/CB', 'Invalid redirect URI'],
    ['https://a.example/cb#x', 'Invalid redirect URI'],
    ['https://a.example:444/cb', 'Invalid redirect URI'],
    ['http://127.0.0.1:3001/cb', 'Invalid redirect URI'],
    ['http://127.0.0.1:49152/any-port/', 'Invalid redirect URI'],
    ['javascript:alert(1)', 'Invalid redirect URI'],
    ['http://localhost:3000/cb', 'Insecure redirect URI'],
    ['https://localhost/cb', 'Insecure redirect URI'],
    ['http://192.168.0.10:3000/cb', 'Insecure redirect URI'],
    ['http://a.example/cb', 'Insecure redirect URI'],
  ])('%s is refused with "%s"', (uri, verdict) => {
    expect(checkRedirectUri(uri, registered)).toBe(verdict);
  });
});
