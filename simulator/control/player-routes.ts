import { type Answer, json } from '@/simulator/http/call';
import { changeAvailability, deviceChangeInput, devicesInput, setDevices } from '@/simulator/player/device-changes';
import { applyPress, pressInput } from '@/simulator/player/phone-press';
import { applyMode, playerModeInput } from '@/simulator/player/special-modes';
import type { PlayerState } from '@/simulator/player/state';
import type { Account } from '@/simulator/world/accounts';
import type { World } from '@/simulator/world/world';
import { controlRoute, problem } from './control-route';

/** Routes about one account's player. */
export const playerRoutes = (world: World) => {
  const change = (account: Account, how: (state: PlayerState, now: number) => PlayerState): Answer => {
    world.players.change(account.key, how);
    world.changed();
    return json(200, world.players.report(account.key));
  };
  const withAccount = (key: string | undefined, act: (account: Account) => Answer): Answer => {
    const account = world.accounts.get(key ?? '');
    return account === undefined ? problem(404, `There is no account "${key}".`) : act(account);
  };
  return [
    controlRoute('GET /control/accounts/:account/player', null, (_, params) =>
      withAccount(params['account'], ({ key }) => json(200, world.players.report(key))),
    ),
    controlRoute('PATCH /control/accounts/:account/player', playerModeInput, (input, params) =>
      withAccount(params['account'], (account) => change(account, (state, now) => applyMode(state, input, now))),
    ),
    controlRoute('POST /control/accounts/:account/press', pressInput, (input, params) =>
      withAccount(params['account'], (account) =>
        change(account, (state, now) => applyPress(state, input, world.library, now)),
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
