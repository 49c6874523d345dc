import { decrypt, encrypt } from './encryption';

describe('TK-01 stored secrets', () => {
  test('open where they were sealed, and are different each time', () => {
    const sealed = encrypt('a secret', 'SpotifyToken:1:refresh');
    expect(decrypt(sealed, 'SpotifyToken:1:refresh')).toBe('a secret');
    expect(sealed).not.toContain('secret');
    expect(encrypt('a secret', 'SpotifyToken:1:refresh')).not.toBe(sealed);
  });

  test('do not open in another row or column', () => {
    const sealed = encrypt('a secret', 'SpotifyToken:1:refresh');
    expect(decrypt(sealed, 'SpotifyToken:2:refresh')).toBeNull();
    expect(decrypt(sealed, 'SpotifyToken:1:access')).toBeNull();
  });

  test('do not open when any byte has changed', () => {
    const sealed = encrypt('a secret', 'x');
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // The last character of base64 may hold bits that count for nothing.
      if (Buffer.from(changed).equals(Buffer.from(sealed))) continue;
      expect(decrypt(changed, 'x') ?? 'a secret').toBe('a secret');
    }
    expect(decrypt(sealed.slice(0, -4), 'x')).toBeNull();
  });

  test.each(['', '.', 'v1', 'v1....', 'v2.a.b.c.d', 'x'.repeat(5_000)])('%s is no sealed secret', (sealed) => {
    expect(decrypt(sealed, 'x')).toBeNull();
  });
});

test('TK-02 what any secret in force encrypted opens, and the first one encrypts', () => {
  const [old, young] = ['k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp', 'Zq8Rt4Wm1Kx7Vb3Nh6Lc9Fd2Js5Gy0Pa'];
  const before = encrypt('a secret', 'x', [old]);
  expect(decrypt(before, 'x', [young, old])).toBe('a secret');
  expect(decrypt(before, 'x', [young])).toBeNull();
  const after = encrypt('a secret', 'x', [young, old]);
  expect([decrypt(after, 'x', [young]), decrypt(after, 'x', [old])]).toEqual(['a secret', null]);
});
