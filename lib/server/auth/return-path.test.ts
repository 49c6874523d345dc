import { parseReturnPath, withOutcome } from './return-path';

const origin = 'https://room.example';

describe('LG6 where a login leads back to', () => {
  test.each(['/', '/room/BCD234', '/room/BCD234?x=1&y=2', '/a/../room/BCD234', '/room/%F0%9F%8E%89'])(
    '%s is a path of ours',
    (path) => {
      const result = parseReturnPath(path, origin);
      expect(new URL(result, origin).href).toBe(new URL(path, origin).href);
      expect(result.startsWith('/') && !result.startsWith('//')).toBe(true);
    },
  );

  test.each([
    null,
    '',
    ' ',
    'room/BCD234',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '\t//evil.example',
    '\n//evil.example',
    ' //evil.example',
    '/ /evil.example',
    '/\u00a0/evil.example',
    'https://evil.example',
    'HTTPS://evil.example',
    'https:evil.example',
    'https:/evil.example',
    'http:evil.example',
    'https:\\\\evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'mailto:x@evil.example',
    'ftp://evil.example',
    '//evil.example@room.example',
    '//room.example@evil.example',
    'https://room.example@evil.example',
    'https://room.example.evil.example',
    '@evil.example',
    '.evil.example',
    '//evil.example/%2e%2e',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/./\\evil.example',
    '/%2e%2e//evil.example/..',
    '//evil。example',
    '/\u2044/evil.example',
    '／／evil.example',
    '/／evil.example',
    '/\u3000/evil.example',
    '//[::1]',
    '//127.0.0.1',
    '//0x7f000001',
    '/\0/evil.example',
    '/room\u202e',
    '/room/é',
    '/"onload=x',
    'https://room.example:444/',
    'http://room.example/',
    '?x',
    '#x',
    '//',
    '/\\',
    `/${'a'.repeat(600)}`,
  ])('%j never leaves us', (path) => {
    const result = parseReturnPath(path, origin);
    const target = new URL(result, origin);
    expect(target.origin).toBe(origin);
    expect(result).toMatch(/^\/(?![/\\])/);
    expect(target.pathname.startsWith('//')).toBe(false);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/\t/evil.example',
    '',
  ])('%j leads home', (path) => {
    expect(parseReturnPath(path, origin)).toBe('/');
  });

  test('the outcome is added to what the path says already', () => {
    expect(withOutcome('/room/BCD234?x=1', 'denied')).toBe('/room/BCD234?x=1&spotify=denied');
    expect(withOutcome('/?spotify=failed', 'connected')).toBe('/?spotify=connected');
  });
});
