import { catalogue } from '@/simulator/catalogue/catalogue';
import type { Account } from '@/simulator/accounts/accounts';
import { type Answer, json } from '@/simulator/http/call';
import { applyMode, changeAvailability, setDevices } from '@/simulator/player/oddities';
import { press } from '@/simulator/player/press';
import { upcoming } from '@/simulator/player/progress';
import { type PlayerState, positionAt } from '@/simulator/player/state';
import type { World } from '@/simulator/world';
import { deviceChangeInput, devicesInput, playerModeInput, pressInput, type TruePlayer } from './contract';
import { controlRoute, problem } from './control-route';

/** The true state of an account's player. */
export function truePlayer(world: World, account: string): TruePlayer {
  const state = world.players.truth(account);
  const item = state.item === null ? undefined : catalogue.find(state.item);
  return {
    playing: state.playing,
    itemUri: state.item,
    itemName: item?.name ?? null,
    positionMs: Math.round(positionAt(state, world.clock.now('players'))),
    durationMs: item?.durationMs ?? null,
    contextUri: state.contextUri,
    queue: state.queue,
    begun: state.begun,
    upcoming: upcoming(state, world.library),
    repeat: state.repeat,
    shuffle: state.shuffle,
    activeDevice: state.activeDevice,
    devices: state.devices.map(({ key, id, name, listed, volumePercent }) => ({
      key,
      id,
      name,
      listed,
      volumePercent,
    })),
  };
}

/** Routes about one account's player. */
export const playerControlRoutes = (world: World) => {
  const change = (account: Account, how: (state: PlayerState, now: number) => PlayerState): Answer => {
    world.players.change(account.key, how);
    world.changed();
    return json(200, truePlayer(world, account.key));
  };
  const withAccount = (key: string | undefined, act: (account: Account) => Answer): Answer => {
    const account = world.accounts.get(key ?? '');
    return account === undefined ? problem(404, `There is no account "${key}".`) : act(account);
  };
  return [
    controlRoute('GET /control/accounts/:account/player', null, (_, params) =>
      withAccount(params['account'], ({ key }) => json(200, truePlayer(world, key))),
    ),
    controlRoute('PATCH /control/accounts/:account/player', playerModeInput, (input, params) =>
      withAccount(params['account'], (account) => change(account, (state, now) => applyMode(state, input, now))),
    ),
    controlRoute('POST /control/accounts/:account/press', pressInput, (input, params) =>
      withAccount(params['account'], (account) =>
        change(account, (state, now) => press(state, input, world.library, now)),
      ),
    ),
    controlRoute('PUT /control/accounts/:account/devices', devicesInput, (input, params) =>
      withAccount(params['account'], (account) =>
        change(account, (state, now) => setDevices(state, account.key, input, now)),
      ),
    ),
    controlRoute('POST /control/accounts/:account/devices/:device', deviceChangeInput, (input, params) =>
      withAccount(params['account'], (account) =>
        change(account, (state, now) => changeAvailability(state, params['device'] ?? '', input.change, now)),
      ),
    ),
  ];
};
