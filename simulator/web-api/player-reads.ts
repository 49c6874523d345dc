import { type Answer, empty, json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError } from './request/errors';
import { currentlyPlayingObject, deviceObject, playbackObject, queueObject } from './objects/playback';
import { type ApiCall, apiRoute } from './request/authorization';

const privateAnswer = { 'cache-control': 'private, max-age=0' };

/** `additional_types`, which decides whether a playing episode is shown. */
function readTypes(call: ApiCall): readonly string[] | Answer {
  const text = call.query.get('additional_types');
  if (text === null) return ['track'];
  const types = text.split(',');
  return types.every((type) => type === 'track' || type === 'episode')
    ? types
    : apiError(400, 'Invalid additional_types');
}

const isAnswer = (value: readonly string[] | Answer): value is Answer => 'status' in value;

/**
 * The four reads of the player.
 *
 * @see https://developer.spotify.com/documentation/web-api/reference/get-information-about-the-users-current-playback
 */
export function playerReads(world: World): readonly Route[] {
  const state = ['user-read-playback-state'];
  return [
    apiRoute('GET /v1/me/player', world, { scopes: state, missingScopeIs: 401 }, (call) => {
      const types = readTypes(call);
      if (isAnswer(types)) return types;
      const body = playbackObject(world, world.players.visible(call.account.key), types);
      return body === null ? empty(204, privateAnswer) : json(200, body, privateAnswer);
    }),
    apiRoute(
      'GET /v1/me/player/currently-playing',
      world,
      { scopes: ['user-read-currently-playing'], missingScopeIs: 401 },
      (call) => {
        const types = readTypes(call);
        if (isAnswer(types)) return types;
        const visible = world.players.visible(call.account.key);
        // No content in a private session, nor once no device is active.
        const silent = visible.privateSession !== 'off' || visible.activeDevice === null;
        const body = silent ? null : currentlyPlayingObject(world, visible, types);
        return body === null ? empty(204, privateAnswer) : json(200, body, privateAnswer);
      },
    ),
    apiRoute('GET /v1/me/player/devices', world, { scopes: state, missingScopeIs: 401 }, ({ account }) => {
      const visible = world.players.visible(account.key);
      const devices = visible.devices.filter(({ listed }) => listed);
      return json(200, { devices: devices.map((device) => deviceObject(device, visible)) }, privateAnswer);
    }),
    apiRoute(
      'GET /v1/me/player/queue',
      world,
      { scopes: ['user-read-currently-playing', ...state], missingScopeIs: 401 },
      ({ account }) => {
        const visible = world.players.visible(account.key);
        const silent = visible.activeDevice === null;
        return json(200, silent ? { currently_playing: null, queue: [] } : queueObject(world, visible), privateAnswer);
      },
    ),
  ];
}
