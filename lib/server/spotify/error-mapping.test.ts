import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRetryAfter, toSpotifyError } from './error-mapping';
import type { SpotifyErrorKind } from './errors';
import { toDevice, toSeenPlayback } from './playback';
import { deviceResponse, playbackResponse, profileResponse } from './responses';

const now = new Date('2026-11-24T12:00:00Z');
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const api = (status: number, message: string, reason?: string) =>
  answer(status, { error: { status, message, ...(reason === undefined ? {} : { reason }) } });

describe('what an answer of the Web API means', () => {
  const cases: readonly (readonly [SpotifyErrorKind, ReturnType<typeof answer>])[] = [
    ['unauthorized', api(401, 'The access token expired')],
    ['unauthorized', api(401, 'Access token missing')],
    ['unauthorized', answer(401, '')],
    ['missing_scope', api(401, 'Permissions missing')],
    ['missing_scope', api(403, 'Insufficient client scope')],
    ['premium_required', api(403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED')],
    ['restricted', api(403, 'Player command failed: Restriction violated', 'UNKNOWN')],
    ['restricted', api(403, 'Player command failed: something new', 'SOMETHING_NEW')],
    [
      'volume_not_supported',
      api(403, 'Player command failed: Cannot control device volume', 'VOLUME_CONTROL_DISALLOW'),
    ],
    ['slow_down', api(403, 'Player command failed: Rate limited', 'RATE_LIMITED')],
    ['forbidden', api(403, 'Forbidden')],
    ['account_not_allowed', answer(403, 'User not registered in the Developer Dashboard')],
    ['account_not_allowed', answer(403, 'Check settings on the dashboard, the user may not be REGISTERED.')],
    ['owner_not_premium', answer(403, 'Active premium subscription required for the owner of the app.')],
    ['no_active_device', api(404, 'Player command failed: No active device found', 'NO_ACTIVE_DEVICE')],
    ['device_not_found', api(404, 'Device not found')],
    ['not_found', api(404, 'Resource not found')],
    ['rate_limited', answer(429, 'Too many requests')],
    ['paused', answer(429, 'Too many requests', { 'retry-after': '5' })],
    ['rate_limited', answer(429, 'Too many requests', { 'retry-after': '6' })],
    ['quota_exceeded', answer(429, { error: { message: '', reason: 'QUOTA_EXCEEDED' } }, { 'retry-after': '3' })],
    [
      'rate_limited',
      answer(429, { error: { status: 429, message: 'API rate limit exceeded' } }, { 'retry-after': '7' }),
    ],
    ['quota_exceeded', answer(429, { error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } })],
    ['quota_exceeded', answer(429, 'Too many requests', { 'retry-after': '19056' })],
    ['server_error', answer(502, '<html>Bad Gateway</html>')],
    ['server_error', api(503, 'Service unavailable')],
    ['bad_request', api(400, 'Invalid limit')],
    ['bad_request', answer(413, '')],
    ['forbidden', answer(403, '{"error":"odd"}')],
    ['forbidden', answer(403, '{"error":{"message":7,"reason":8}}')],
  ];

  test.each(cases)('%s', (kind, what) => {
    expect(toSpotifyError(what, now).kind).toBe(kind);
  });

  test.each([
    [null, null],
    ['', null],
    ['0', null],
    ['-3', null],
    ['soon', null],
    ['1.5', null],
    ['7', 7],
    [' 48925 ', 48_925],
    ['Tue, 24 Nov 2026 12:02:00 GMT', 120],
    ['Tue, 24 Nov 2026 11:00:00 GMT', null],
  ])('Retry-After %j is %s s, and never cut', (header, seconds) => {
    expect(readRetryAfter(header, now)).toBe(seconds);
  });
});

const recorded = join(process.cwd(), '..', 'shared', 'spotify', 'recorded');
const here = existsSync(recorded);
if (!here) process.stderr.write('Recorded answers are not here: their checks were left out.\n');
const read = (name: string): unknown => JSON.parse(readFileSync(join(recorded, name), 'utf8'));

(here ? describe : describe.skip)('recorded answers of the real service', () => {
  test.each([
    ['playback-track-computer.json', { kind: 'track', status: 'playing' }],
    ['playback-track-speaker-without-supports-volume.json', { kind: 'track' }],
    ['playback-track-restricted-device-null-id.json', { kind: 'track' }],
    ['playback-local-file-no-context.json', { kind: 'local' }],
    ['playback-episode-restricted-device.json', { kind: 'episode' }],
    ['playback-audiobook-chapter-as-episode-no-volume-control.json', { kind: 'episode' }],
  ])('%s', (name, expected) => {
    const seen = toSeenPlayback(playbackResponse.parse(read(name)), 1_000);
    expect(seen.track).toMatchObject({
      kind: expected.kind,
      name: expect.any(String),
      uri: expect.stringMatching(/^spotify:/),
    });
    expect(['playing', 'paused']).toContain(seen.status);
    expect(seen.device?.name).toEqual(expect.any(String));
  });

  test('devices and profiles', () => {
    const list = z.object({ devices: z.array(deviceResponse) });
    expect(list.parse(read('devices-one-inactive.json')).devices.map(toDevice)).toEqual([
      expect.objectContaining({ isActive: false }),
    ]);
    expect(list.parse(read('devices-none.json')).devices).toEqual([]);
    expect(profileResponse.parse(read('me-extended-fields.json')).id).toEqual(expect.any(String));
  });

  const errors = z.object({
    cases: z.array(
      z.object({
        case: z.string(),
        host: z.string(),
        status: z.number().nullable(),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.unknown().optional(),
        text: z.string().optional(),
      }),
    ),
  });

  test('every recorded refusal of the Web API has a meaning of its own', () => {
    const { cases } = errors.parse(read('errors.json'));
    const kinds = cases
      .filter(({ host, status }) => host === 'api.spotify.com' && status !== null)
      .map(({ status, body, text, headers }) => toSpotifyError(answer(status ?? 0, text ?? body, headers), now).kind);
    expect(kinds).toEqual([
      'unauthorized',
      'unauthorized',
      'unauthorized',
      'unauthorized',
      'missing_scope',
      'missing_scope',
      'premium_required',
      'restricted',
      'volume_not_supported',
      'no_active_device',
      'device_not_found',
      'forbidden',
      'bad_request',
      'account_not_allowed',
      'owner_not_premium',
      'quota_exceeded',
      'rate_limited',
      'quota_exceeded',
      'not_found',
    ]);
  });
});
