/**
 * The headers of every answer, Next's and those of the server around it (WB-06): one list. Plain JavaScript, because Next loads its
 * configuration by itself. The policy of a page has a nonce and is made in proxy.ts.
 */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()',
};

/** For pages that a browser trusts the address of: on https and on the computer itself. Elsewhere it would complain. */
export const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin' };

/** For https, where alone it is believed. */
export const transport = { 'Strict-Transport-Security': 'max-age=31536000' };

/** Names of the computer itself, as a regular expression without the port. */
export const loopbackName = String.raw`(?:localhost|127(?:\.\d{1,3}){3})`;

/** What is no page may load and run nothing, should a browser show it all the same. */
export const noContent = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" };
