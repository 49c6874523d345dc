import 'server-only';

/**
 * Has something done when the server around Next ends, which finds it here by a name that both know; see server/serve.ts. On a platform nobody
 * asks.
 *
 * @param point `begins`: no new connection is taken any more, and requests still run; `answered`: the last one has its answer
 */
export function onShutdown(point: 'begins' | 'answered', work: () => Promise<void>): void {
  const key = Symbol.for(`roomtone.shutdown-${point}`);
  const known: unknown = Reflect.get(globalThis, key);
  const hooks: Set<unknown> = known instanceof Set ? known : new Set();
  Reflect.set(globalThis, key, hooks.add(work));
}
