import { setTimeout as wait } from 'node:timers/promises';
import { empty, json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import type { CallFilter, LoggedCall } from '@/simulator/world/call-log';
import { controlRoute } from './control-route';

const outcomes: readonly LoggedCall['outcome'][] = ['open', 'answered', 'reset', 'client_left'];

/** Routes about the log of calls. `left` ends a long wait whose client is gone. */
export function callRoutes(world: World, left: AbortSignal): readonly Route[] {
  return [
    controlRoute('GET /control/calls', null, async (_, __, { query }) => {
      const filter = readFilter(query);
      const atLeast = Number(query.get('atLeast') ?? 0);
      const waitMs = Math.min(Number(query.get('waitMs') ?? 0), 60_000);
      if (waitMs > 0) await waitForCalls(world, filter, atLeast, waitMs, left);
      return json(200, world.calls.find(filter));
    }),
    controlRoute('DELETE /control/calls', null, () => {
      world.calls.clear();
      return empty(204);
    }),
  ];
}

function readFilter(query: URLSearchParams): CallFilter {
  const after = query.get('after');
  const executed = query.get('executed');
  return {
    method: query.get('method') ?? undefined,
    path: query.get('path') ?? undefined,
    account: query.get('account') ?? undefined,
    clientId: query.get('clientId') ?? undefined,
    grantType: query.get('grantType') ?? undefined,
    executed: executed === null ? undefined : executed === 'true',
    outcome: outcomes.find((outcome) => outcome === query.get('outcome')),
    after: after === null ? undefined : Number(after),
  };
}

/** Returns once enough calls match, the time is over, or the client has closed its connection. */
async function waitForCalls(
  world: World,
  filter: CallFilter,
  atLeast: number,
  waitMs: number,
  left: AbortSignal,
): Promise<void> {
  const enough = new AbortController();
  const look = (): void => {
    if (world.calls.find(filter).length >= atLeast) enough.abort();
  };
  const unsubscribe = world.calls.subscribe(look);
  look();
  await wait(waitMs, undefined, { signal: AbortSignal.any([enough.signal, left]) }).catch(() => undefined);
  unsubscribe();
}
