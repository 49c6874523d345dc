import { randomBytes } from 'node:crypto';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { type Answer, empty, text } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { PlayerCommand } from '@/simulator/player/commands';
import type { World } from '@/simulator/world/world';
import { apiError, notFound, refusalAnswer } from './request/errors';
import { parsePlay, parseTransfer } from './play-body';
import { readChoice, readInteger, type Read } from './request/query';
import { type ApiCall, apiRoute } from './request/authorization';

type ParseCommand = (call: ApiCall) => Read<PlayerCommand>;

const command = (value: PlayerCommand): Read<PlayerCommand> => ({ ok: true, value });
const refused = (answer: Answer): Read<never> => ({ ok: false, answer });

const device = (call: ApiCall): string | null => call.query.get('device_id');

/** For commands whose parameters are all in the query: a body is refused. */
const withoutBody =
  (parse: ParseCommand): ParseCommand =>
  (call) =>
    call.body === '' ? parse(call) : refused(apiError(400, 'This request takes no body'));

const plain = (kind: 'pause' | 'next' | 'previous'): ParseCommand =>
  withoutBody((call) => command({ kind, deviceId: device(call) }));

const largest = Number.MAX_SAFE_INTEGER;

const commands: Readonly<Record<string, ParseCommand>> = {
  'PUT /v1/me/player/play': parsePlay,
  'PUT /v1/me/player': parseTransfer,
  'PUT /v1/me/player/pause': plain('pause'),
  'POST /v1/me/player/next': plain('next'),
  'POST /v1/me/player/previous': plain('previous'),
  'PUT /v1/me/player/seek': withoutBody((call) => {
    const positionMs = readInteger(call.query, 'position_ms', { min: 0, max: largest, fallback: null });
    return positionMs.ok ? command({ kind: 'seek', positionMs: positionMs.value, deviceId: device(call) }) : positionMs;
  }),
  'PUT /v1/me/player/volume': withoutBody((call) => {
    const percent = readInteger(call.query, 'volume_percent', { min: 0, max: 100, fallback: null });
    return percent.ok ? command({ kind: 'volume', percent: percent.value, deviceId: device(call) }) : percent;
  }),
  'PUT /v1/me/player/repeat': withoutBody((call) => {
    const mode = readChoice(call.query, 'state', ['track', 'context', 'off']);
    return mode.ok ? command({ kind: 'repeat', mode: mode.value, deviceId: device(call) }) : mode;
  }),
  'PUT /v1/me/player/shuffle': withoutBody((call) => {
    const on = readChoice(call.query, 'state', ['true', 'false']);
    return on.ok ? command({ kind: 'shuffle', on: on.value === 'true', deviceId: device(call) }) : on;
  }),
  'POST /v1/me/player/queue': withoutBody((call) => {
    const uri = call.query.get('uri');
    if (uri === null) return refused(apiError(400, 'Required parameter uri missing'));
    if (!/^spotify:(track|episode):[0-9A-Za-z]{22}$/.test(uri)) return refused(apiError(400, 'Invalid track uri'));
    if (catalogue.find(uri) === undefined) return refused(notFound());
    return command({ kind: 'queue', uri, deviceId: device(call) });
  }),
};

/**
 * Every command of the player. They answer 204, or 200 with an opaque text that is not JSON, as the service has done
 * since 2024.
 */
export function playerCommands(world: World): readonly Route[] {
  let answered = 0;
  const success = (): Answer => {
    answered += 1;
    const mode = world.settings.commandAnswer;
    const asText = mode === '200' || (mode === 'alternate' && answered % 2 === 0);
    const headers = { 'cache-control': 'private, max-age=0' };
    return asText ? text(200, randomBytes(20).toString('base64url'), headers) : empty(204, headers);
  };
  const needs = { scopes: ['user-modify-playback-state'], premium: true } as const;
  return Object.entries(commands).map(([declaration, parse]) =>
    apiRoute(declaration, world, needs, (call) => {
      const parsed = parse(call);
      if (!parsed.ok) return parsed.answer;
      const result = world.players.command(call.account.key, parsed.value, world.settings.lagMs);
      if (!result.ok) return refusalAnswer(result.refusal);
      world.changed();
      return success();
    }),
  );
}
