import * as z from 'zod';
import { catalogue } from '@/simulator/catalogue/catalogue';
import type { PlayerCommand, StartOffset } from '@/simulator/player/commands';
import { apiError, notFound } from './request/errors';
import { type Read, readJson } from './request/query';
import type { ApiCall } from './request/authorization';

const playBody = z.strictObject({
  context_uri: z.string().optional(),
  uris: z.array(z.string()).optional(),
  offset: z
    .union([z.strictObject({ position: z.number().int().min(0) }), z.strictObject({ uri: z.string() })])
    .optional(),
  position_ms: z.number().int().min(0).optional(),
});

const transferBody = z.strictObject({
  device_ids: z.array(z.string()),
  play: z.boolean().optional(),
});

const refused = (status: number, message: string): Read<never> => ({ ok: false, answer: apiError(status, message) });

/** More than this many `uris` are refused; Spotify publishes no limit. */
const mostUris = 1000;

/**
 * The command in `PUT /v1/me/player/play`: without a body it resumes; `{}` drops what is loaded, as was reported of the
 * service, so that a caller who sends it notices.
 *
 * @see https://developer.spotify.com/documentation/web-api/reference/start-a-users-playback
 */
export function parsePlay(call: ApiCall): Read<PlayerCommand> {
  const deviceId = call.query.get('device_id');
  if (call.body === '') return { ok: true, value: { kind: 'resume', deviceId } };
  const read = readJson(call.body);
  if (!read.ok) return read;
  const parsed = playBody.safeParse(read.value);
  if (!parsed.success) return refused(400, 'Malformed json');
  const { context_uri: contextUri, uris, offset, position_ms: positionMs = 0 } = parsed.data;
  if (contextUri !== undefined && uris !== undefined)
    return refused(400, 'Only one of context_uri and uris is allowed');

  if (uris !== undefined) {
    if (uris.length === 0) return refused(400, 'No uris provided');
    if (uris.length > mostUris) return refused(413, 'Request entity too large');
    if (!uris.every((uri) => /^spotify:(track|episode):[0-9A-Za-z]{22}$/.test(uri))) {
      return refused(400, 'Invalid track uri');
    }
    if (!uris.every((uri) => catalogue.find(uri) !== undefined)) return { ok: false, answer: notFound() };
    return startOf(null, uris, offset, positionMs, deviceId);
  }
  if (contextUri === undefined) return { ok: true, value: { kind: 'drop', deviceId } };

  if (!/^spotify:(album|artist|playlist|show):[0-9A-Za-z]{22}$/.test(contextUri)) {
    return refused(400, 'Non supported context uri');
  }
  if (contextUri.startsWith('spotify:artist:') && offset !== undefined) {
    return refused(400, "Can't have offset for context type: ARTIST");
  }
  const tracks = call.world.library.contextTracks(contextUri);
  if (tracks === null || tracks.length === 0) return { ok: false, answer: notFound() };
  return startOf(contextUri, tracks, offset, positionMs, deviceId);
}

function startOf(
  contextUri: string | null,
  tracks: readonly string[],
  offset: StartOffset | undefined,
  positionMs: number,
  deviceId: string | null,
): Read<PlayerCommand> {
  return { ok: true, value: { kind: 'start', contextUri, tracks, offset: offset ?? null, positionMs, deviceId } };
}

/** The command in `PUT /v1/me/player`: exactly one device. */
export function parseTransfer(call: ApiCall): Read<PlayerCommand> {
  const read = readJson(call.body);
  if (!read.ok) return read;
  const parsed = transferBody.safeParse(read.value);
  if (!parsed.success) return refused(400, 'Malformed json');
  const [deviceId, ...more] = parsed.data.device_ids;
  if (deviceId === undefined) return refused(400, 'Required parameter device_ids missing');
  if (more.length > 0) return refused(400, 'Only one device_id is currently supported');
  return { ok: true, value: { kind: 'transfer', deviceId, play: parsed.data.play === true } };
}
