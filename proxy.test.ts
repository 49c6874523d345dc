import { NextRequest } from 'next/server';
import { proxy } from './proxy';

function answer(headers: Record<string, string> = {}): { readonly csp: string; readonly forwarded: string } {
  const response = proxy(new NextRequest('http://127.0.0.1:3000/', { headers }));
  return {
    csp: response.headers.get('content-security-policy') ?? '',
    forwarded: response.headers.get('x-middleware-request-content-security-policy') ?? '',
  };
}

const nonceOf = (csp: string): string | undefined => /'nonce-([^']+)'/.exec(csp)?.[1];

describe('WB-06 the content security policy of documents', () => {
  it('lets run only what carries the nonce, frames nothing and sends forms nowhere else', () => {
    const { csp } = answer();
    expect(csp).toMatch(/script-src 'nonce-[\w+/]+={0,2}' 'strict-dynamic'(;|$)/);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(csp).toContain(rule);
    }
    expect(csp).not.toContain('unsafe-eval');
  });

  it('takes pictures from Spotify and from nowhere else outside', () => {
    const sources = /img-src ([^;]+)/.exec(answer().csp)?.[1]?.split(' ');
    expect(sources).toEqual(["'self'", 'data:', 'https://*.scdn.co', 'https://*.spotifycdn.com']);
  });

  it('gives every document a nonce of its own', () => {
    const nonces = new Set(Array.from({ length: 50 }, () => nonceOf(answer().csp)));
    expect(nonces.size).toBe(50);
  });

  it('believes no policy that a client sends, so that nobody chooses the nonce', () => {
    const { csp, forwarded } = answer({
      'content-security-policy': "script-src 'nonce-mine'",
      'content-security-policy-report-only': "script-src 'nonce-mine'",
    });
    expect(forwarded).toBe(csp);
    expect(csp).not.toContain('mine');
  });
});
